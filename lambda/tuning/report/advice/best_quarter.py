"""Widen or narrow: where the best quarter of the trials lie in what was searched."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

from tuning.algorithms.valid_range import ValidRange
from tuning.report.advice.suggestion import CHANCE, FEWEST, Suggestion, chance_of
from tuning.report.effects import Effect
from tuning.report.formats import exact, number
from tuning.report.range_bounds import RangeBounds
from tuning.report.search import Search
from tuning.report.search_space import NumericRange

BEST = 0.25  # of the scored trials
EDGE = 0.1  # of the range, at either end
BESIDE = 0.3  # up to there, from the end: where trials are worse when the best lie beyond
BEYOND = 0.5  # of the range, that is added where the best crowd at an end
MARGIN = 0.1  # of the range, around the best
SMALL = 0.5  # of the range: a box that is larger is not worth narrowing


def widen_or_narrow(
    search: Search, known: Mapping[str, Effect], valid: Mapping[str, ValidRange]
) -> list[Suggestion]:
    """For numeric hyperparameters whose effect is sure; `valid` is what the algorithm takes."""
    scored = search.scored
    if len(scored) < FEWEST:
        return []
    sure = [name for name, effect in known.items() if effect.is_sure]
    found = []
    for name in sure:
        searched = search.ranges[name]
        if isinstance(searched, NumericRange) and searched.low < searched.high:
            values = [float(trial.tuned_hyperparameters[name]) for trial in scored]
            bounds = RangeBounds(searched, valid.get(name))
            if bounds.has_scale:
                found.append(_advice(bounds, values, CHANCE / (3 * len(sure))))
    return [each for each in found if each]


def _advice(bounds: RangeBounds, values: Sequence[float], chance: float) -> Suggestion | None:
    """`values` are those of the scored trials, best first."""
    positions = [bounds.position(value) for value in values]
    best = positions[: ceil(len(positions) * BEST)]
    for at_top in (False, True):
        from_end = [1 - at if at_top else at for at in positions]
        hits, near = _counts(from_end, len(best), 0, EDGE)
        others, beside = _counts(from_end, len(best), EDGE, BESIDE)
        surprising = chance_of(hits, len(best), near, len(positions)) <= chance
        if surprising and 2 * hits > near and hits * beside > others * near:
            return _wider(bounds, hits, near, at_top=at_top)
    low, high = min(best) - MARGIN, max(best) + MARGIN
    inside = sum(low <= at <= high for at in positions)
    surprising = chance_of(len(best), len(best), inside, len(positions)) <= chance
    return _narrower(bounds, low, high, values, len(best)) if surprising else None


def _counts(from_end: Sequence[float], best: int, start: float, end: float) -> tuple[int, int]:
    """How many of the best trials, and of all, lie so far from an end of the range."""
    there = [start < at <= end or at == start == 0 for at in from_end]
    return sum(there[:best]), sum(there)


def _wider(bounds: RangeBounds, hits: int, near: int, *, at_top: bool) -> Suggestion | None:
    """None where the algorithm takes nothing beyond; what another image takes is not known."""
    given = bounds.given
    moved = bounds.upper(1 + BEYOND, 1.0) if at_top else bounds.lower(-BEYOND, 0.0)
    if moved is None and bounds.valid is not None:
        return None
    end, field = ("highest", "raise MaxValue") if at_top else ("lowest", "lower MinValue")
    sentence = (
        f"Widen {given.name}: {hits} of {near} training jobs in the {end} tenth of its range, "
        f"{number(given.low)} to {number(given.high)}, are among the best quarter, more than "
        f"beside it. Better ones may lie beyond: {field}"
    )
    if moved is None:
        return Suggestion(given.name, f"{sentence}, if the algorithm takes that.")
    low, high = exact(given.low), exact(given.high)
    range = range_of(given, low if at_top else moved, moved if at_top else high)
    return Suggestion(given.name, f"{sentence} to {moved}.", range)


def _narrower(
    bounds: RangeBounds, low: float, high: float, values: Sequence[float], best: int
) -> Suggestion | None:
    given = bounds.given
    if min(high, 1) - max(low, 0) > SMALL:
        return None
    lower = bounds.lower(low, low) if low > 0 else None
    upper = bounds.upper(high, high) if high < 1 else None
    if lower is None and upper is None:
        return None
    least, most = lower or exact(given.low), upper or exact(given.high)
    among = sorted(values[:best])
    return Suggestion(
        given.name,
        f"Narrow {given.name}: the best {best} of {len(values)} training jobs all lie between "
        f"{number(among[0])} and {number(among[-1])}, of {number(given.low)} to "
        f"{number(given.high)} that was searched. Search {least} to {most}.",
        range_of(given, least, most),
    )


def range_of(given: NumericRange, low: str, high: str) -> dict[str, str]:
    """As the execution input takes it."""
    return {"MinValue": low, "MaxValue": high, "ScalingType": given.scaling}
