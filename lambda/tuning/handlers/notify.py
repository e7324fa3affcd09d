"""Notify: tells the stack's topic how an execution ended."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import topics
from tuning.aws.recovery_records import RecoveryRecords
from tuning.aws.run_folder import RunFolder
from tuning.environment import NotifyingEnvironment
from tuning.failure.notification import compose
from tuning.names import execution_name, run_folder
from tuning.variables.explanation import Explanation
from tuning.variables.plan import Plan
from tuning.variables.recovery_record import Recovery, RecoveryRecord
from tuning.variables.removed import Removed
from tuning.variables.result import Result, parse_result

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Result", "Pruned", "Plan", "ExecutionId", "Recovery"?}; returns the message's id.

    Of several recoveries of the same end only one notifies, and their record says which.
    """
    recovery, result = event.get("Recovery"), parse_result(event["Result"])
    message_id = (
        _notify_once(event, result, Recovery.parse(recovery))
        if recovery
        else _notify(event, result)
    )
    return {"MessageId": message_id}


def _notify_once(event: dict[str, Any], result: Result, recovery: Recovery) -> str:
    explained = result if isinstance(result, Explanation) else None
    bucket = NotifyingEnvironment.parse(os.environ).bucket
    folder = RunFolder(bucket, run_folder(execution_name(event["ExecutionId"])))
    records = RecoveryRecords(folder, recovery.record)
    mine = RecoveryRecord(
        recovery_id=recovery.id,
        outcome=result.outcome,
        reason=explained.reason if explained else "",
    )
    notified = records.begin(mine)
    complete = explained is None or explained.complete  # what stands already needs no undoing
    if notified is None:
        notified = mine.model_copy(update={"message_id": _notify(event, result)})
    elif not (notified.message_id and complete):
        return notified.message_id
    records.keep(notified.model_copy(update={"complete": complete}))
    return notified.message_id


def _notify(event: dict[str, Any], result: Result) -> str:
    environment = NotifyingEnvironment.parse(os.environ)
    plan = Plan.parse(event["Plan"]) if event["Plan"] else None
    notification = compose(
        result,
        prefix=environment.name_prefix,
        execution_id=event["ExecutionId"],
        endpoint=plan.endpoint.endpoint_name if plan else "",
        pruned=Removed.parse(event["Pruned"]),
        in_aws=environment.in_aws,
    )
    message_id = topics.publish(environment.topic_arn, notification)
    logger.info("Notified", extra={"outcome": notification.outcome, "message_id": message_id})
    return message_id
