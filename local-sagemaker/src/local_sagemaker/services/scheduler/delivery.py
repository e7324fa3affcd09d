"""Delivers a due schedule to its target: tries, tries again, gives up to the dead-letter queue."""

from __future__ import annotations

import logging
import time
import uuid
from datetime import UTC, datetime

from botocore.exceptions import BotoCoreError, ClientError
from moto.scheduler.models import Schedule

from local_sagemaker.services.scheduler.dead_letter import Undelivered, send_dead_letter
from local_sagemaker.services.targets import Sender, may_pass, send

_LONGEST_PAUSE_SECONDS = 60
_logger = logging.getLogger(__name__)


def deliver(schedule: Schedule, due: datetime) -> None:
    """Send the input to the target within the schedule's retry policy."""
    execution_id = str(uuid.uuid4())
    retries = 0
    while True:
        error = _try(schedule, due, execution_id, retries + 1)
        if error is None:
            return
        reason = _reason_to_give_up(schedule, due, retries, error)
        if reason is not None:
            break
        time.sleep(min(2**retries, _LONGEST_PAUSE_SECONDS))
        retries += 1
    _logger.warning("Schedule %s was not delivered: %s", schedule.name, error)
    send_dead_letter(schedule, Undelivered(due, execution_id, retries, error, reason))


def _try(
    schedule: Schedule, due: datetime, execution_id: str, attempt: int
) -> ClientError | BotoCoreError | None:
    values = {
        "scheduled-time": f"{due.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "execution-id": execution_id,
        "schedule-arn": schedule.arn,
        "attempt-number": str(attempt),
    }
    text = schedule.target.get("Input") or "{}"
    for name, value in values.items():
        text = text.replace(f"<aws.scheduler.{name}>", value)
    sender = Sender("scheduler", schedule.target["RoleArn"])
    try:
        send(sender, schedule.target["Arn"], text, **_options(schedule))
    except (ClientError, BotoCoreError) as error:
        return error
    return None


def _options(schedule: Schedule) -> dict[str, list[dict[str, str]]]:
    """The parameters that a pipeline is started with."""
    given = (schedule.target.get("SageMakerPipelineParameters") or {}).get("PipelineParameterList")
    return {"PipelineParameters": given} if given else {}


def _reason_to_give_up(
    schedule: Schedule, due: datetime, retries: int, error: ClientError | BotoCoreError
) -> str | None:
    policy = schedule.target["RetryPolicy"]
    if not may_pass(error):
        return "NonRetryableError"
    if retries >= int(policy.get("MaximumRetryAttempts", 185)):
        return "MaximumRetryAttempts"
    age = (datetime.now(UTC) - due).total_seconds()
    too_old = age > float(policy.get("MaximumEventAgeInSeconds", 86400))
    return "MaximumEventAgeInSeconds" if too_old else None
