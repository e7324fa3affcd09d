"""Avoid: a part of what was searched in which training jobs fail more than elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tuning.report.advice.best_quarter import range_of
from tuning.report.advice.suggestion import CHANCE, Suggestion, chance_of
from tuning.report.formats import exact, number
from tuning.report.search import Search
from tuning.report.search_space import CategoricalRange, NumericRange, Range
from tuning.trials.trials import Trial

FEWEST_FAILURES = 3  # in the part
LEAST_SHARE = 0.5  # of the training jobs there that fail
PARTS = 4  # of a numeric range, of equal length in its scale


@dataclass(frozen=True)
class _Part:
    """`words` name it; `range` is what is left without it, None when it lies in the middle."""

    words: str
    trials: tuple[Trial, ...]
    range: dict[str, Any] | None


def avoid(search: Search) -> list[Suggestion]:
    """The part of each hyperparameter with the least likely failures, if chance explains none."""
    ended = [trial for trial in search.trials if trial.status in ("Completed", "Failed")]
    failed = {trial.name for trial in ended if trial.status == "Failed"}
    parts = {
        name: list(_parts(searched, [each for each in ended if name in each.tuned_hyperparameters]))
        for name, searched in search.ranges.items()
    }
    count = sum(map(len, parts.values()))
    found = (_worst(name, each, ended, failed, count) for name, each in parts.items())
    return [each for each in found if each]


def _worst(
    name: str, parts: Sequence[_Part], ended: Sequence[Trial], failed: set[str], count: int
) -> Suggestion | None:
    def chance(part: _Part) -> float:
        hits = sum(trial.name in failed for trial in part.trials)
        if hits < FEWEST_FAILURES or hits < LEAST_SHARE * len(part.trials):
            return 1.0
        return chance_of(hits, len(failed), len(part.trials), len(ended))

    worst = min(parts, key=chance, default=None)
    if worst is None or chance(worst) > CHANCE / count:
        return None
    hits = sum(trial.name in failed for trial in worst.trials)
    others = len(ended) - len(worst.trials)
    return Suggestion(
        name,
        f"Avoid {name} {worst.words}: {hits} of {len(worst.trials)} training jobs failed there, "
        f"{len(failed) - hits} of {others} elsewhere.",
        worst.range,
    )


def _parts(searched: Range, trials: Sequence[Trial]) -> Iterator[_Part]:
    if isinstance(searched, CategoricalRange):
        yield from _of_values(searched, trials)
    elif searched.low < searched.high:
        yield from _of_scale(searched, trials)


def _of_values(searched: CategoricalRange, trials: Sequence[Trial]) -> Iterator[_Part]:
    for value in searched.values:
        there = tuple(each for each in trials if each.tuned_hyperparameters[searched.name] == value)
        left = [each for each in searched.values if each != value]
        yield _Part(value, there, {"Values": left} if left else None)


def _of_scale(searched: NumericRange, trials: Sequence[Trial]) -> Iterator[_Part]:
    edges = [searched.at(part / PARTS) for part in range(PARTS + 1)]
    for part in range(PARTS):
        low, high = edges[part], edges[part + 1]
        there = tuple(
            trial
            for trial in trials
            if low <= float(trial.tuned_hyperparameters[searched.name]) <= high
        )
        yield _Part(
            f"from {number(low)} to {number(high)}", there, _without(searched, part, low, high)
        )


def _without(searched: NumericRange, part: int, low: float, high: float) -> dict[str, str] | None:
    """Integers keep the whole numbers that lie outside."""
    if part == 0:
        least = number(int(high) + 1 if searched.is_integer else high, 3)
        return range_of(searched, least, exact(searched.high))
    if part == PARTS - 1:
        most = number(-(-low // 1) - 1 if searched.is_integer else low, 3)
        return range_of(searched, exact(searched.low), most)
    return None
