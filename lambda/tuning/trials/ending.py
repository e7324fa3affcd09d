"""Why a tuning job ended, in a sentence: nobody but its description tells."""

from __future__ import annotations

from typing import Any

from tuning.trials.trials import TuningJob

_RUNNING = ("InProgress", "Stopping", "Deleting", "DeleteFailed")


def ran_out_of_time(job: TuningJob) -> bool:
    """SageMaker gives no reason. It stops the training jobs of a job whose time is over."""
    limit = job.limits.get("MaxRuntimeInSeconds")
    stopped = job.counters.get("Stopped", 0) > 0
    return stopped and limit is not None and job.seconds is not None and job.seconds >= limit


def started_jobs(job: TuningJob) -> int:
    """How many training jobs it has started, whatever became of them.

    SageMaker tries again after a RetryableError, with another training job.
    """
    return sum(job.counters.get(key, 0) for key in ("Completed", "InProgress", "Stopped")) + (
        job.failed
    )


def why_it_ended(job: TuningJob) -> str | None:
    """None while it goes on."""
    if job.status in _RUNNING:
        return None
    asked = job.limits.get("MaxNumberOfTrainingJobs")
    ran = started_jobs(job)
    of = f"{ran} of {asked} training jobs" if asked else f"{ran} training jobs"
    if job.status == "Failed":
        reason = f": {job.failure_reason}" if job.failure_reason else ""
        return f"SageMaker ended it as Failed after {of}{reason}"
    if ran_out_of_time(job):
        limit = job.limits["MaxRuntimeInSeconds"]
        return f"Its time was over: MaxRuntimeInSeconds is {limit}. It had started {of}."
    if job.status == "Stopped":
        return f"Somebody stopped it after {of}."
    if asked and ran >= asked:
        return f"Its budget of {asked} training jobs was used up."
    return f"{_met(job)}, after {of}."


def _met(job: TuningJob) -> str:
    """The completion criterion that ended it before its budget was used up."""
    criteria: dict[str, Any] = job.config.get("TuningJobCompletionCriteria", {})
    if job.completion.get("ConvergenceDetectedTime"):
        return "SageMaker found that it had converged"
    target = criteria.get("TargetObjectiveMetricValue")
    if target is not None and _reached(job, float(target)):
        return f"It had reached the target: {job.metric_name} {target:g}"
    limit = criteria.get("BestObjectiveNotImproving", {}).get("MaxNumberOfTrainingJobsNotImproving")
    idle = job.completion.get("NumberOfTrainingJobsObjectiveNotImproving", 0)
    if limit is not None and idle >= limit:
        return f"{idle} training jobs in a row had not improved the best"
    return "It had nothing more to try"


def _reached(job: TuningJob, target: float) -> bool:
    best = job.best_value
    if best is None:
        return False
    return best >= target if job.maximizes else best <= target
