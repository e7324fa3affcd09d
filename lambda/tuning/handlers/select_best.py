"""SelectBest: reads every trial of a tuning job and returns the best one."""

from __future__ import annotations

from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import tuning_jobs
from tuning.errors import NoUsableTrial, TuningFailed
from tuning.failure.error_cause import ErrorCause, essence
from tuning.trials.selection import describe_winner, find_candidates
from tuning.trials.trials import Trial, TuningJob
from tuning.variables.winner import Winner

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"TuningJobName", "TopK"}, or {"Failure": {"Error", "Cause"}, "TopK"}.

    Failure is what RunTuning failed with: a tuning job that somebody stopped, perhaps because it
    was good enough, may have a best training job. Raises TuningFailed for every other failure, and
    NoUsableTrial, TuningStopped or TuningTimedOut when nothing can win. With TopK above 1,
    Candidates are so many of the best, the winner among them.
    """
    name = _stopped_job(event["Failure"]) if event.get("Failure") else event["TuningJobName"]
    job = tuning_jobs.read_tuning_job(name)
    trials = tuning_jobs.read_trials(name, job.secrets)
    best, *others = find_candidates(job, trials, event.get("TopK", 1))
    winner = describe_winner(job, trials, tuning_jobs.describe_training_job(best))
    found = [_describe(job, trials, other) for other in others]
    candidates = (winner, *(other for other in found if other))
    document = winner.model_copy(update={"candidates": candidates}).to_document()
    # No hyperparameters: logs are read by more people than jobs are.
    told = {"training_job": best, "metric": winner.metric_name, "value": winner.value}
    logger.info("Best training job", extra=told)
    return document


def _stopped_job(failure: dict[str, str]) -> str:
    cause = ErrorCause.parse(failure["Cause"])
    if cause.job_status == "Stopped" and cause.tuning_job_name is not None:
        return cause.tuning_job_name
    if cause.job_status or cause.code:
        raise TuningFailed(essence(failure["Cause"]))
    # A call without an answer: only the error's name tells it, SageMaker.SdkClientException.
    raise TuningFailed(f"{failure['Error']}: {failure['Cause']}")


def _describe(job: TuningJob, trials: list[Trial], name: str) -> Winner | None:
    """None for a runner-up that was stopped early and left no model."""
    try:
        return describe_winner(job, trials, tuning_jobs.describe_training_job(name))
    except NoUsableTrial:
        logger.info("Left no model", extra={"training_job": name})
        return None
