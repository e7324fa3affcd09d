"""Why trials failed: each reason once, with how many trials gave it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from tuning.trials.trials import Trial

MOST_REASONS = 5


def failure_reasons(trials: Iterable[Trial]) -> str:
    """One line for each reason, the most frequent first; empty when no trial failed.

    A stopped trial counts as failed when it has no metric; one that was stopped early has one.
    """
    groups = grouped_failures(trials)
    lines = [_line(reason, len(failed)) for reason, failed in groups[:MOST_REASONS]]
    left_out = len(groups) - MOST_REASONS
    return "\n".join([*lines, f"- and {left_out} further reasons"] if left_out > 0 else lines)


def grouped_failures(trials: Iterable[Trial]) -> list[tuple[str, list[Trial]]]:
    """Each reason with the trials that gave it, the most frequent first."""
    groups: dict[str, list[Trial]] = defaultdict(list)
    for trial in trials:
        if has_failed(trial):
            groups[_reason(trial)].append(trial)
    return sorted(groups.items(), key=lambda group: -len(group[1]))


def has_failed(trial: Trial) -> bool:
    """Whether it ended without a metric, through its own fault or when it was stopped."""
    return trial.status == "Failed" or (trial.status == "Stopped" and trial.value is None)


def _line(reason: str, count: int) -> str:
    return f"- {count} training {'job' if count == 1 else 'jobs'}: {reason}"


def _reason(trial: Trial) -> str:
    """A stack trace holds addresses, which differ from process to process."""
    if trial.status == "Stopped":
        return "stopped before it had a metric: by somebody, or its time was over"
    reason = (trial.failure_reason or "SageMaker gave no reason").split("Stack trace:")[0]
    return " ".join(reason.split())
