"""NotifyFleet: tells the stack's topic how the runs of all models ended, in one message."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import topics
from tuning.environment import NotifyingEnvironment
from tuning.failure.fleet_notification import compose, summarize
from tuning.variables.fleet import EndedRun, FleetRun

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Runs", "Ended", "Note", "ExecutionId"}; returns a FleetSummary.

    Of an iteration that failed itself Step Functions may hand over its description: no EndedRun.
    """
    environment = NotifyingEnvironment.parse(os.environ)
    summary = summarize(
        [FleetRun.parse(run) for run in event["Runs"]],
        [EndedRun.parse(run) for run in event["Ended"] if "ModelName" in run],
        event.get("Note", ""),  # a fleet that an older version has started has none
    )
    notification = compose(
        summary,
        prefix=environment.name_prefix,
        execution_id=event["ExecutionId"],
        in_aws=environment.in_aws,
    )
    message_id = topics.publish(environment.topic_arn, notification)
    logger.info("Notified", extra={"message_id": message_id})
    return summary.model_copy(update={"message_id": message_id}).to_document()
