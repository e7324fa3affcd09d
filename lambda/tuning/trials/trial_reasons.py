"""Why trials failed: each reason once, with how many trials gave it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from tuning.trials.trials import Trial

MOST_REASONS = 5


def failure_reasons(trials: Iterable[Trial]) -> str:
    """One line for each reason, the most frequent first; empty when no trial failed.

    A stopped trial counts as failed when it has no metric; one that was stopped early has one.
    """
    counts = Counter(_reason(trial) for trial in trials if _has_failed(trial))
    lines = [_line(reason, count) for reason, count in counts.most_common(MOST_REASONS)]
    left_out = len(counts) - MOST_REASONS
    return "\n".join([*lines, f"- and {left_out} further reasons"] if left_out > 0 else lines)


def _has_failed(trial: Trial) -> bool:
    return trial.status == "Failed" or (trial.status == "Stopped" and trial.value is None)


def _line(reason: str, count: int) -> str:
    return f"- {count} training {'job' if count == 1 else 'jobs'}: {reason}"


def _reason(trial: Trial) -> str:
    """A stack trace holds addresses, which differ from process to process."""
    if trial.status == "Stopped":
        return "stopped before it had a metric: by somebody, or its time was over"
    reason = (trial.failure_reason or "SageMaker gave no reason").split("Stack trace:")[0]
    return " ".join(reason.split())
