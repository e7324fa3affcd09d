"""TrainingJobStatusCounters and ObjectiveStatusCounters of a tuning job."""

from __future__ import annotations

from collections import Counter

from local_sagemaker.sagemaker.tuning.trial import Trial


def status_counters(trials: list[Trial]) -> dict[str, int]:
    count = Counter(trial.job.status for trial in trials)
    # Only an internal error of the service can be retried.
    retryable = sum(trial.job.failed_internally for trial in trials)
    return {
        "Completed": count["Completed"],
        "InProgress": count["InProgress"] + count["Stopping"],
        "RetryableError": retryable,
        "NonRetryableError": count["Failed"] - retryable,
        "Stopped": count["Stopped"],
    }


def objective_counters(trials: list[Trial]) -> dict[str, int]:
    count = Counter(trial.objective_status for trial in trials)
    return {status: count[status] for status in ("Succeeded", "Pending", "Failed")}
