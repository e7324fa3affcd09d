"""ExplainFailure: turns an error and its cause into an outcome and a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import month_ledger, tuning_jobs
from tuning.aws.clients import AWS_ERRORS
from tuning.failure.failure import Failure
from tuning.failure.recovery_messages import (
    clean_up_message,
    cost_message,
    endpoint_message,
    is_restored,
)
from tuning.quoted import without_secrets
from tuning.trials.trial_reasons import failure_reasons
from tuning.trials.trials import Trial
from tuning.variables.explanation import Explanation
from tuning.variables.progress import Progress
from tuning.variables.removed import Removed
from tuning.variables.restoration import Restoration
from tuning.variables.run_cost import RunCost

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Progress", "Restoration", "Cleaned"}; returns an Explanation."""
    progress = Progress.parse(event["Progress"])
    restoration, cleaned = Restoration.parse(event["Restoration"]), Removed.parse(event["Cleaned"])
    failure = Failure.of(progress.failure)
    trials, unread = _trials(failure.cause.tuning_job_name, progress.secrets)
    failure = replace(failure, trials=unread or failure_reasons(trials))
    cost = _cost(progress, trials)
    aftermath = [
        endpoint_message(progress, restoration),
        clean_up_message(cleaned),
        cost_message(cost) if cost else "",
    ]
    reason = failure.reason("\n".join(part for part in aftermath if part))
    explanation = Explanation(
        outcome=failure.outcome,
        reason=without_secrets(reason, progress.secrets),
        complete=is_restored(progress, restoration) and cleaned.error is None,
        cost=cost,
    )
    explained = explanation.to_document()
    logger.error("Execution failed", extra={"state": failure.state, "explained": explained})
    return explained


def _cost(progress: Progress, trials: Sequence[Trial]) -> RunCost | None:
    plan = progress.plan
    return None if plan is None else month_ledger.count(progress.execution_id, plan, trials).cost


def _trials(tuning_job_name: str | None, secrets: Sequence[str]) -> tuple[list[Trial], str]:
    """Of the tuning job that failed, and why they could not be read.

    An error here must not take the place of the one that is to be explained.
    """
    if tuning_job_name is None:
        return [], ""
    try:
        return tuning_jobs.read_trials(tuning_job_name, secrets), ""
    except AWS_ERRORS as error:
        return [], f"Why its training jobs failed could not be read: {error}"
