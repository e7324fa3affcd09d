"""A piece of advice, and the evidence it needs before it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import exp, lgamma
from typing import Any

FEWEST = 20  # scored trials; with fewer there is no advice on ranges
CHANCE = 0.05  # of any false piece of one kind, over all hyperparameters together


@dataclass(frozen=True)
class Suggestion:
    """A sentence, what to do before its colon, and the members of the next execution input.

    `range` takes the place of the hyperparameter's in ParameterRanges; `fixed` is its value in
    StaticHyperParameters, when it is not to be searched any more.
    """

    name: str
    sentence: str
    range: Mapping[str, Any] | None = None
    fixed: Mapping[str, str] = field(default_factory=dict)

    @property
    def brief(self) -> str:
        """What to do, without the evidence: the sentence until its colon."""
        return self.sentence.split(": ")[0]


def chance_of(hits: int, drawn: int, marked: int, all_: int) -> float:
    """That of `drawn` trials, taken from `all_` by lot, at least `hits` are among the `marked`.

    The upper tail of the hypergeometric distribution, by logarithms: the numbers of ways
    themselves have thousands of digits where there are thousands of trials.
    """
    least, most = max(hits, drawn - (all_ - marked)), min(drawn, marked)
    ways = _log_ways(all_, drawn)
    return sum(
        exp(_log_ways(marked, hit) + _log_ways(all_ - marked, drawn - hit) - ways)
        for hit in range(least, most + 1)
    )


def _log_ways(all_: int, drawn: int) -> float:
    """Of drawing so many of all."""
    return lgamma(all_ + 1) - lgamma(drawn + 1) - lgamma(all_ - drawn + 1)
