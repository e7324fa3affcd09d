"""Notify: tells the stack's topic how an execution ended."""

from __future__ import annotations

import os
from typing import Any

from aws_lambda_powertools import Logger
from aws_lambda_powertools.utilities.typing import LambdaContext

from tuning.aws import gateway
from tuning.aws.recovery_records import RecoveryRecords
from tuning.aws.run_folder import RunFolder
from tuning.environment import NotifyingEnvironment
from tuning.failure.notification import compose
from tuning.names import run_folder
from tuning.variables.recovery_record import RecoveryRecord

logger = Logger()


@logger.inject_lambda_context
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    """Takes {"Result", "Pruned", "Plan", "ExecutionId", "Recovery"?}; returns the message's id.

    A recovery gives {"Id", "Record"}, its own ARN and the name of its record: of several that
    recover the same end one tells, and the record is kept.
    """
    recovery = event.get("Recovery")
    return {"MessageId": _tell_once(event, recovery) if recovery else _tell(event)}


def _tell_once(event: dict[str, Any], recovery: dict[str, str]) -> str:
    result, name = event["Result"], event["ExecutionId"].rsplit(":", 1)[-1]
    folder = RunFolder(os.environ["BUCKET"], run_folder(name))
    records = RecoveryRecords(folder, recovery["Record"])
    mine = RecoveryRecord(
        recovery_id=recovery["Id"], outcome=result["Outcome"], reason=result.get("Reason", "")
    )
    told = records.claim(mine)
    complete = result.get("Complete", True)  # what stands already needs no undoing
    if told is None:
        told = mine.model_copy(update={"message_id": _tell(event)})
    elif not (told.message_id and complete and not told.complete):
        return told.message_id
    records.keep(told.model_copy(update={"complete": complete}))
    return told.message_id


def _tell(event: dict[str, Any]) -> str:
    environment = NotifyingEnvironment.parse(os.environ)
    notification = compose(
        event["Result"],
        prefix=environment.name_prefix,
        execution_id=event["ExecutionId"],
        endpoint=event["Plan"].get("Endpoint", {}).get("EndpointName", ""),
        pruned=event["Pruned"],
    )
    message_id = gateway.publish(environment.topic_arn, notification)
    logger.info("Notified", extra={"outcome": notification.outcome, "message_id": message_id})
    return message_id
