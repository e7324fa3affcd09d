"""Puts checks and a clock into moto's Scheduler."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule, scheduler_backends

from local_sagemaker.services.patching import replace
from local_sagemaker.services.scheduler.clock import Clock
from local_sagemaker.services.scheduler.delivery import deliver
from local_sagemaker.services.scheduler.expression import ExpressionError, next_time
from local_sagemaker.services.scheduler.targets import TargetError, check_target


def install() -> Callable[[], None]:
    """Schedules fire from now on; the returned function stops the clock."""
    for name in ("create_schedule", "update_schedule"):
        replace(EventBridgeSchedulerBackend, name, _checked(name))
    clock = Clock(_deliver)
    clock.start()
    return clock.close


def _checked(name: str) -> Callable[..., Schedule]:
    call = getattr(EventBridgeSchedulerBackend, name)

    def call_when_valid(backend: Any, **request: Any) -> Schedule:
        timezone = request["schedule_expression_timezone"] or "UTC"
        try:
            next_time(request["schedule_expression"], timezone, datetime.now(UTC))
            check_target(request["target"]["Arn"])
        except (ExpressionError, TargetError) as error:
            raise ValidationException(str(error)) from error
        return call(backend, **request)

    return call_when_valid


def _deliver(schedule: Schedule, due: datetime) -> None:
    deliver(schedule, due)
    once = schedule.schedule_expression.startswith("at(")
    if once and schedule.action_after_completion == "DELETE":
        account, region = schedule.arn.split(":")[4], schedule.arn.split(":")[3]
        scheduler_backends[account][region].delete_schedule(schedule.group_name, schedule.name)
