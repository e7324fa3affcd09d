"""Advice to widen a range: the best value lies at one end of what was searched."""

from __future__ import annotations

from decimal import Decimal

from tuning.algorithms.valid_range import ValidRange
from tuning.report.formats import number
from tuning.report.run import Run
from tuning.report.search_space import NumericRange

EDGE = 0.05  # share of the range, in the space that was searched


def range_advice(run: Run) -> list[str]:
    """A sentence for each range whose end is within 5 % of the best value.

    A range that reaches the end of what the algorithm takes cannot be widened there.
    """
    tuned = run.best.tuned_hyperparameters if run.best else {}
    known = run.algorithm.hyperparameters if run.algorithm else {}
    found = []
    for name, searched in run.search.ranges.items():
        if name in tuned and isinstance(searched, NumericRange) and searched.low < searched.high:
            valid = known[name].range if name in known else None
            sentence = _advice(float(tuned[name]), searched, valid)
            found.extend([sentence] if sentence else [])
    return found


def _advice(best: float, searched: NumericRange, valid: ValidRange | None) -> str | None:
    position = searched.position(min(max(best, searched.low), searched.high))
    if EDGE < position < 1 - EDGE:
        return None
    at_low = position <= EDGE
    end, bound = ("lower", searched.low) if at_low else ("upper", searched.high)
    where = (
        f"{searched.name}: the best value, {number(best)}, lies at the {end} end of its range "
        f"({number(searched.low)} to {number(searched.high)})."
    )
    limit = None if valid is None else valid.low if at_low else valid.high
    if limit is not None and Decimal(str(bound)) == limit:
        return f"{where} The algorithm takes nothing {'less' if at_low else 'more'}."
    field = "MinValue" if at_low else "MaxValue"
    return f"{where} A better one may lie beyond: {'lower' if at_low else 'raise'} {field}."
