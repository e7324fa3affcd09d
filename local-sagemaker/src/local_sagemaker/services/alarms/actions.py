"""What a change of an alarm's state sets off: topics, functions, and an event."""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.services.events import bus
from local_sagemaker.services.targets import Sender, send, service_of

# Of the actions that are carried out: as whom CloudWatch does so.
_SERVICES = {
    "sns": "cloudwatch.amazonaws.com",
    "lambda": "lambda.alarms.cloudwatch.amazonaws.com",
}
KINDS = tuple(_SERVICES)
_ACTIONS = {"ALARM": "alarm_actions", "OK": "ok_actions"}
_logger = logging.getLogger(__name__)


def tell(alarm: Any, before: str) -> None:
    """Act on the state that the alarm has now."""
    if alarm.state_value == before:
        return
    _logger.info("Alarm %s is %s: %s", alarm.name, alarm.state_value, alarm.state_reason)
    now = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%S.000+0000}"
    _publish(alarm, before, now)
    if alarm.actions_enabled:
        message = {
            "AlarmName": alarm.name,
            "AlarmDescription": alarm.description,
            "AlarmArn": alarm.alarm_arn,
            "NewStateValue": alarm.state_value,
            "NewStateReason": alarm.state_reason,
            "OldStateValue": before,
            "StateChangeTime": now,
            "Region": alarm.region_name,
        }
        attribute = _ACTIONS.get(alarm.state_value, "insufficient_data_actions")
        for target in getattr(alarm, attribute) or []:
            _act(alarm, target, json.dumps(message))


def _act(alarm: Any, target: str, message: str) -> None:
    more = {}
    if service_of(target) == "sns":
        more["Subject"] = f'{alarm.state_value}: "{alarm.name}" in {alarm.region_name}'[:100]
    service = _SERVICES[service_of(target)]
    try:
        send(Sender("alarms", service=service, source=alarm.alarm_arn), target, message, **more)
    except (ClientError, BotoCoreError) as fault:
        _logger.warning("Action %s of alarm %s failed: %s", target, alarm.name, fault)


def _publish(alarm: Any, before: str, now: str) -> None:
    detail = {
        "alarmName": alarm.name,
        "state": {"value": alarm.state_value, "reason": alarm.state_reason, "timestamp": now},
        "previousState": {"value": before},
        "configuration": {"description": alarm.description},
    }
    bus.publish(
        "aws.cloudwatch",
        "CloudWatch Alarm State Change",
        detail,
        region=alarm.region_name,
        resources=[alarm.alarm_arn],
    )
