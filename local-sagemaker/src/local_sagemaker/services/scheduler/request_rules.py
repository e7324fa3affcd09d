"""What Scheduler refuses of a schedule beside its expression and its target's kind."""

from __future__ import annotations

from typing import Any

from moto.scheduler.exceptions import ValidationException

from local_sagemaker.protocol.request_validation import request_fault
from local_sagemaker.protocol.service_models import service_model

_MOST_INPUT_BYTES = 262_144  # "Quotas for EventBridge Scheduler" of its user guide; our words
_CHECKED = ("name", "group_name", "description", "flexible_time_window", "target")


def check_request(request: dict[str, Any]) -> None:
    """Of CreateSchedule and UpdateSchedule, under the names that moto has for the members.

    Raises:
        ValidationException: a constraint of the API's description that is not met, a window that
            does not go with its mode, or an end before the start.
    """
    shape: Any = service_model("scheduler").operation_model("CreateSchedule").input_shape
    members = {
        name.title().replace("_", ""): request[name]
        for name in _CHECKED
        if request.get(name) is not None
    }
    fault = request_fault(shape, {"ScheduleExpression": request["schedule_expression"]} | members)
    if fault:
        raise ValidationException(fault)
    target = members.get("Target") or {}
    size = len(str(target.get("Input") or "").encode())
    if size > _MOST_INPUT_BYTES:
        raise ValidationException(
            f"Target.Input has {size} bytes, and a schedule's has {_MOST_INPUT_BYTES} at most."
        )
    _check_window(request["flexible_time_window"])
    start, end = request.get("start_date"), request.get("end_date")
    if start is not None and end is not None and float(end) <= float(start):
        raise ValidationException("The EndDate you specify must come after the StartDate.")


def _check_window(window: dict[str, Any]) -> None:
    has_length = window.get("MaximumWindowInMinutes") is not None
    if window["Mode"] == "FLEXIBLE" and not has_length:
        raise ValidationException(
            "FlexibleTimeWindow.MaximumWindowInMinutes is required with the mode FLEXIBLE."
        )
    if window["Mode"] == "OFF" and has_length:
        raise ValidationException(
            "FlexibleTimeWindow.MaximumWindowInMinutes must be left out with the mode OFF."
        )
