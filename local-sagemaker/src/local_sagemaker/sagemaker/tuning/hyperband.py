"""Which training jobs Hyperband ends: successive halving in brackets, without waiting for any.

"How hyperparameter tuning works" says that Hyperband stops training jobs that do poorly and
gives their epochs to others, between MinResource and MaxResource epochs. How it does that is not
documented; here it is asynchronous Hyperband. A training job that reaches a rung goes on when it
is in the best third of the jobs that have reached it. The rungs of bracket 0 are MinResource,
three times that, and so on; each further bracket leaves out the first rung of the one before, so
that a slow starter has a chance. The brackets get their share of the training jobs as in
Hyperband (Li et al., 2018).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

REDUCTION = 3
# MaxResource is read from one of these when it is not given; num_round is not among them.
EPOCH_HYPERPARAMETERS = ("epochs", "numepochs", "n-epochs", "n_epochs", "num_epochs")


@dataclass(frozen=True)
class Budget:
    """How many epochs a training job may run at least and at most."""

    low: int
    high: float

    @classmethod
    def of(cls, config: Mapping[str, Any], static: Mapping[str, str]) -> Budget:
        """From a HyperParameterTuningJobConfig and the static hyperparameters."""
        given = config.get("StrategyConfig", {}).get("HyperbandStrategyConfig", {})
        epochs = [int(static[name]) for name in EPOCH_HYPERPARAMETERS if name in static]
        high = given.get("MaxResource", epochs[0] if epochs else math.inf)
        return cls(given.get("MinResource", 1), high)

    @property
    def brackets(self) -> int:
        """How many rungs there are below MaxResource, and so many brackets; at least one."""
        count, rung = 0, self.low
        while rung < self.high < math.inf:
            count, rung = count + 1, rung * REDUCTION
        return max(count, 1)


def bracket_of(number: int, budget: Budget) -> int:
    """The bracket of the training job with this number, counted from 1."""
    shares = _shares(budget.brackets)
    given = [0] * len(shares)
    for count in range(1, number + 1):
        owed = [share * count - got for share, got in zip(shares, given, strict=True)]
        bracket = owed.index(max(owed))
        given[bracket] += 1
    return bracket


def should_stop(
    values: Sequence[float], others: Sequence[Sequence[float]], budget: Budget, *, bracket: int = 0
) -> bool:
    """Whether a job with these objectives, higher being better, ends after its last epoch.

    `others` holds the objectives of the other jobs, epoch by epoch.
    """
    epoch = len(values)
    # A job whose last epoch this is must be left to save its model.
    if epoch >= budget.high or not is_rung(epoch, budget.low * REDUCTION**bracket):
        return epoch > budget.high
    reached = [other[epoch - 1] for other in others if len(other) >= epoch]
    if len(reached) + 1 < REDUCTION:
        return False
    better = sum(value > values[-1] for value in reached)
    return better >= (len(reached) + 1) / REDUCTION


def is_rung(epoch: int, low: int) -> bool:
    """Whether the epoch is the lowest rung times a power of three."""
    while epoch > low and epoch % REDUCTION == 0:
        epoch //= REDUCTION
    return epoch == low


def _shares(brackets: int) -> list[float]:
    """The share of the training jobs of each bracket: those that end early hold the most."""
    sizes = [
        math.ceil(brackets / (halvings + 1) * REDUCTION**halvings)
        for halvings in reversed(range(brackets))
    ]
    return [size / sum(sizes) for size in sizes]
