"""The message that Scheduler leaves in the dead-letter queue."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.scheduler.models import Schedule

from local_sagemaker.services.targets import Sender, send

_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Undelivered:
    """One due time that did not reach the target; `reason` is the limit that was reached."""

    due: datetime
    execution_id: str
    retries: int
    error: ClientError | BotoCoreError
    reason: str


def send_dead_letter(schedule: Schedule, undelivered: Undelivered) -> None:
    """Without a dead-letter queue the event is dropped, as on AWS."""
    queue = (schedule.target.get("DeadLetterConfig") or {}).get("Arn")
    if queue is None:
        return
    text = schedule.target.get("Input") or "{}"
    try:
        send(
            Sender("scheduler", schedule.target["RoleArn"]),
            queue,
            text,
            MessageAttributes=_attributes(schedule, undelivered),
        )
    except (ClientError, BotoCoreError):
        _logger.exception("The dead-letter queue of schedule %s refused", schedule.name)


def _attributes(schedule: Schedule, undelivered: Undelivered) -> dict[str, Any]:
    error = undelivered.error
    answer = error.response["Error"] if isinstance(error, ClientError) else {}
    texts = {
        "ERROR_CODE": answer.get("Code", type(error).__name__),
        "ERROR_MESSAGE": answer.get("Message", str(error)),
        "EXECUTION_ID": undelivered.execution_id,
        "EXHAUSTED_RETRY_CONDITION": undelivered.reason,
        "RETRY_ATTEMPTS": str(undelivered.retries),
        "SCHEDULED_TIME": f"{undelivered.due.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "SCHEDULE_ARN": schedule.arn,
        "TARGET_ARN": schedule.target["Arn"],
    }
    return {name: {"DataType": "String", "StringValue": text} for name, text in texts.items()}
