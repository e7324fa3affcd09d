"""All advice on a search, and what of the next execution input follows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tuning.report.advice.best_quarter import range_of, widen_or_narrow
from tuning.report.advice.failing_part import avoid
from tuning.report.advice.suggestion import Suggestion
from tuning.report.advice.without_effect import drop
from tuning.report.formats import exact
from tuning.report.run import Run
from tuning.report.search_space import NumericRange, Range


@dataclass(frozen=True)
class Advice:
    """Suggestions; `next_input` are members of an execution input, empty without suggestions."""

    suggestions: tuple[Suggestion, ...]
    next_input: dict[str, Any]


def advise(run: Run) -> Advice:
    """Nothing where the trials do not tell. Of a hyperparameter the first suggestion counts."""
    search, known = run.search, run.effects
    algorithm = run.algorithm.hyperparameters if run.algorithm else {}
    valid = {name: each.range for name, each in algorithm.items() if each.range is not None}
    found = (
        *avoid(search),
        *widen_or_narrow(search, known, valid),
        *drop(run),
    )
    first = {each.name: each for each in reversed(found)}
    kept = tuple(each for each in found if first[each.name] is each)
    return Advice(kept, _next_input(run, kept))


def _next_input(run: Run, suggestions: tuple[Suggestion, ...]) -> dict[str, Any]:
    if not any(each.range or each.fixed for each in suggestions):
        return {}
    fixed = {name: text for each in suggestions for name, text in each.fixed.items()}
    moved = {each.name: each.range for each in suggestions if each.range}
    ranges = {
        name: moved.get(name) or _as_given(searched)
        for name, searched in run.search.ranges.items()
        if name not in fixed
    }
    return {"ParameterRanges": ranges, **({"StaticHyperParameters": fixed} if fixed else {})}


def _as_given(searched: Range) -> dict[str, Any]:
    if isinstance(searched, NumericRange):
        return range_of(searched, exact(searched.low), exact(searched.high))
    return {"Values": list(searched.values)}
