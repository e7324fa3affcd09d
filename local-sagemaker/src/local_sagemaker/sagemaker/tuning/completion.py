"""When a tuning job has had enough: TuningJobCompletionCriteria.

An improvement counts when it exceeds 1 % of the best so far ("Track and set completion
criteria"). SageMaker does not say how it detects convergence; here ten training jobs in a row
without an improvement are taken for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

IMPROVEMENT = 0.01
CONVERGED_AFTER = 10


def not_improving(values: Sequence[float], *, maximize: bool) -> int:
    """How many of the last training jobs, in order of their end, brought no improvement."""
    return _without_improvement(values, maximize=maximize)[-1] if values else 0


def converged_at(values: Sequence[float], *, maximize: bool) -> int | None:
    """With how many ended training jobs convergence was first there; None without it."""
    counts = enumerate(_without_improvement(values, maximize=maximize), 1)
    return next((n for n, count in counts if count >= CONVERGED_AFTER), None)


def _without_improvement(values: Sequence[float], *, maximize: bool) -> list[int]:
    """After each training job, how many in a row have brought no improvement."""
    best, count, counts = None, 0, []
    for value in values:
        gain = 0.0 if best is None else (value - best if maximize else best - value)
        if best is None or gain > abs(best) * IMPROVEMENT:
            best, count = value, 0
        else:
            count += 1
        counts.append(count)
    return counts


def is_complete(criteria: dict[str, Any], values: Sequence[float], *, maximize: bool) -> bool:
    """Whether any of the criteria is met by the objectives of the ended training jobs."""
    if not values:
        return False
    return _reached(criteria, values, maximize) or _stagnates(criteria, values, maximize)


def _reached(criteria: dict[str, Any], values: Sequence[float], maximize: bool) -> bool:
    target = criteria.get("TargetObjectiveMetricValue")
    if target is None:
        return False
    return bool(max(values) >= target if maximize else min(values) <= target)


def _stagnates(criteria: dict[str, Any], values: Sequence[float], maximize: bool) -> bool:
    count = not_improving(values, maximize=maximize)
    limit = criteria.get("BestObjectiveNotImproving", {}).get("MaxNumberOfTrainingJobsNotImproving")
    if limit is not None and count >= limit:
        return True
    convergence = criteria.get("ConvergenceDetected", {}).get("CompleteOnConvergence")
    return bool(convergence == "Enabled" and count >= CONVERGED_AFTER)
