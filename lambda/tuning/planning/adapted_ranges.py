"""AdaptRanges: moves each range to where the parents' best training jobs lie.

The box of the best configurations of earlier tuning jobs, as in Perrone et al. 2019, "Learning
search spaces for Bayesian optimization" (arXiv 1909.12552), with room at its sides, and beyond a
bound at which the best crowd. Positions are shares of the range that was given, in its scale: 0 is
its lower end and 1 its upper one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, isfinite, prod
from typing import Any

from tuning.algorithms.valid_range import ValidRange
from tuning.report.range_bounds import RangeBounds
from tuning.report.search_space import NumericRange, parse_ranges
from tuning.trials.trials import Trial, best_first
from tuning.variables.warm_start import AdaptedRange

MIN_TRIALS = 20  # with a metric, of all parents
BEST = 0.25  # share of each parent's trials: their metrics may be of other data
MIN_BEST = 5
# Of 5 trials that lie anywhere, 3 are in this part of an end in 1 of 100 cases.
EDGE = 0.1
BEYOND = 0.5  # so much is added where they crowd at an end
MARGIN = 0.1  # around the best
# Of 5 trials that lie anywhere, all are within it less the margins in 3 of 100 cases.
SMALL = 0.5
REACH = 1.0  # no further from the range that was given

Ranges = Mapping[str, Any]  # ParameterRanges of CreateHyperParameterTuningJob


@dataclass(frozen=True)
class Parent:
    """A tuning job that was run: its HyperParameterTuningJobConfig and its trials."""

    config: Mapping[str, Any]
    trials: Sequence[Trial]

    @property
    def best(self) -> list[Trial]:
        """The best quarter of the trials with a metric."""
        maximizes = self.config["HyperParameterTuningJobObjective"]["Type"] == "Maximize"
        scored = self.scored
        return best_first(scored, maximizes=maximizes)[: ceil(len(scored) * BEST)]

    @property
    def scored(self) -> list[Trial]:
        return [each for each in self.trials if each.value is not None and isfinite(each.value)]


@dataclass(frozen=True)
class Adapted:
    """The ranges to search, what has moved, or a sentence that says why nothing has."""

    ranges: Ranges
    changes: tuple[AdaptedRange, ...] = ()
    kept: str | None = None


def adapt(
    ranges: Ranges, parents: Sequence[Parent], valid: Mapping[str, ValidRange], jobs: int
) -> Adapted:
    """`valid` are the values that the algorithm takes of its hyperparameters, where they are known;
    `jobs` are to be tried.
    """
    scored = sum(len(parent.scored) for parent in parents)
    if scored < MIN_TRIALS:
        few = f"The parents have {scored} training jobs with a metric"
        return Adapted(ranges, kept=f"Ranges stay: {few}, and evidence takes {MIN_TRIALS}.")
    searched = parse_ranges({"ParameterRanges": ranges})
    numeric = [each for each in searched.values() if isinstance(each, NumericRange)]
    moved = {each.name: _adapt(each, parents, valid.get(each.name)) for each in numeric}
    adapted = {kind: [_with(entry, moved) for entry in ranges[kind]] for kind in ranges}
    changes = tuple(_changes(ranges, moved))
    if not changes:
        return Adapted(ranges, kept="Ranges stay: the best training jobs lie well within them.")
    if _combinations(adapted) < jobs:
        few = f"narrower ones would have fewer combinations than the {jobs} training jobs"
        return Adapted(ranges, kept=f"Ranges stay: {few}.")
    return Adapted(adapted, changes)


@dataclass(frozen=True)
class _Move:
    low: str | None  # None: it stays
    high: str | None
    reason: str


def _adapt(
    given: NumericRange, parents: Sequence[Parent], valid: ValidRange | None
) -> _Move | None:
    bounds, name = RangeBounds(given, valid), given.name
    if not bounds.has_scale:
        return None
    values = [t.tuned_hyperparameters.get(name) for each in parents for t in each.best]
    places = [bounds.position(float(value)) for value in values if value is not None]
    best = [place for place in places if -REACH <= place <= 1 + REACH]
    known = [parse_ranges(parent.config).get(name) for parent in parents]
    tried = [each for each in known if isinstance(each, NumericRange)]
    if len(best) < MIN_BEST or not tried:
        return None
    start = min(bounds.position(each.low) for each in tried)
    end = max(bounds.position(each.high) for each in tried)
    low, high, reason = _moved(best, start, end)
    least, most = bounds.lower(low, start), bounds.upper(high, end)
    is_empty = float(least or given.low) >= float(most or given.high)
    return _Move(least, most, reason) if (least or most) and not is_empty else None


def _moved(best: Sequence[float], start: float, end: float) -> tuple[float, float, str]:
    """Where the range shall begin and end, when `start` to `end` was searched, and why."""
    least, most = min(best), max(best)
    at_start = sum(place <= start + EDGE for place in best)
    at_end = sum(place >= end - EDGE for place in best)
    low_side, high_side = 2 * at_start > len(best), 2 * at_end > len(best)
    small = most - least + 2 * MARGIN <= SMALL
    low = least - MARGIN if small or least < 0 else 0.0
    high = most + MARGIN if small or most > 1 else 1.0
    low = min(0.0, start - BEYOND) if low_side else low
    high = max(1.0, end + BEYOND) if high_side else high
    count, whole = max(at_start, at_end), len(best)
    crowd = f"{count} of the {whole} best training jobs lie at the"
    if low_side != high_side:
        reason = f"{crowd} {'lower' if low_side else 'upper'} end of what was searched."
    elif small:
        reason = f"The {whole} best training jobs lie in a small part of the range."
    else:
        reason = "Some of the best training jobs lie beyond the range."
    return max(low, -REACH), min(high, 1 + REACH), reason


def _with(entry: Mapping[str, Any], moved: Mapping[str, _Move | None]) -> dict[str, Any]:
    move = moved.get(entry["Name"])
    if move is None:
        return dict(entry)
    low, high = move.low or entry["MinValue"], move.high or entry["MaxValue"]
    return {**entry, "MinValue": low, "MaxValue": high}


def _changes(ranges: Ranges, moved: Mapping[str, _Move | None]) -> Iterator[AdaptedRange]:
    for entry in (entry for entries in ranges.values() for entry in entries):
        move = moved.get(entry["Name"])
        if move:
            yield AdaptedRange(
                name=entry["Name"],
                given_min_value=entry["MinValue"],
                given_max_value=entry["MaxValue"],
                min_value=move.low or entry["MinValue"],
                max_value=move.high or entry["MaxValue"],
                reason=move.reason,
            )


def _combinations(ranges: Ranges) -> float:
    """As SearchSpace counts them."""
    if ranges.get("ContinuousParameterRanges") or ranges.get("AutoParameters"):
        return float("inf")
    steps = [
        int(entry["MaxValue"]) - int(entry["MinValue"]) + 1
        for entry in ranges.get("IntegerParameterRanges", ())
    ]
    return prod(steps) * prod(
        len(entry["Values"]) for entry in ranges.get("CategoricalParameterRanges", ())
    )
