"""Puts checks and a clock into moto's Scheduler."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.scheduler.exceptions import ValidationException
from moto.scheduler.models import EventBridgeSchedulerBackend, Schedule, scheduler_backends

from local_sagemaker.services.clock import Clock
from local_sagemaker.services.patching import replace
from local_sagemaker.services.scheduler.delivery import deliver
from local_sagemaker.services.scheduler.expression import ExpressionError, next_time
from local_sagemaker.services.scheduler.request_rules import check_request
from local_sagemaker.services.scheduler.schedules import timed_schedules
from local_sagemaker.services.scheduler.targets import TargetError, check_target

_OLDEST_START = timedelta(minutes=5)


def install() -> Callable[[], None]:
    """Schedules fire from now on; the returned function stops the clock."""
    for name in ("create_schedule", "update_schedule"):
        replace(EventBridgeSchedulerBackend, name, _checked(name))
    _keep_default_group()
    clock = Clock("schedules", lambda: timed_schedules(_deliver))
    clock.start()
    return clock.close


def _checked(name: str) -> Callable[..., Schedule]:
    call = getattr(EventBridgeSchedulerBackend, name)

    def call_when_valid(backend: Any, **request: Any) -> Schedule:
        check_request(request)
        timezone = request["schedule_expression_timezone"] or "UTC"
        try:
            next_time(request["schedule_expression"], timezone, datetime.now(UTC))
            check_target(request["target"], _group_arn(backend, request))
            _check_start(request["schedule_expression"], request["start_date"])
        except (ExpressionError, TargetError) as error:
            raise ValidationException(str(error)) from error
        return call(backend, **request)

    return call_when_valid


def _group_arn(backend: Any, request: dict[str, Any]) -> str:
    """For which it takes on a role ("Confused deputy prevention in EventBridge Scheduler")."""
    group = request.get("group_name") or "default"
    partition, account, region = backend.partition, backend.account_id, backend.region_name
    return f"arn:{partition}:scheduler:{region}:{account}:schedule-group/{group}"


def _check_start(expression: str, start_date: Any) -> None:
    """One-time schedules have no StartDate; moto looks at that of some cron expressions alone."""
    if start_date is None or expression.startswith("at("):
        return
    start = datetime.fromtimestamp(float(start_date), UTC)
    if start < datetime.now(UTC) - _OLDEST_START:
        raise ValidationException("The StartDate you specify cannot be earlier than 5 minutes ago.")


def _keep_default_group() -> None:
    delete = EventBridgeSchedulerBackend.delete_schedule_group

    def delete_group(backend: Any, name: str) -> None:
        if name == "default":
            raise ValidationException("The default schedule group cannot be deleted.")
        backend.get_schedule_group(name)  # raises what AWS answers where there is none
        delete(backend, name)

    replace(EventBridgeSchedulerBackend, "delete_schedule_group", delete_group)


def _deliver(schedule: Schedule, due: datetime) -> None:
    deliver(schedule, due)
    once = schedule.schedule_expression.startswith("at(")
    if once and schedule.action_after_completion == "DELETE":
        account, region = schedule.arn.split(":")[4], schedule.arn.split(":")[3]
        scheduler_backends[account][region].delete_schedule(schedule.group_name, schedule.name)
