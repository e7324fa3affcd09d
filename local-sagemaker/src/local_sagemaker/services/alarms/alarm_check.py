"""Refuses an alarm that would not be evaluated, or whose actions would not be carried out."""

from __future__ import annotations

from typing import Any

from moto.cloudwatch.exceptions import ValidationError

from local_sagemaker.services.alarms.actions import KINDS
from local_sagemaker.services.alarms.evaluation import COMPARISONS, PERCENTILE, STATISTICS
from local_sagemaker.services.targets import service_of

_ACTIONS = {
    "AlarmActions": "alarm_actions",
    "OKActions": "ok_actions",
    "InsufficientDataActions": "insufficient_data_actions",
}


def check_alarm(request: dict[str, Any]) -> None:
    """Look at the arguments of moto's put_metric_alarm.

    Raises:
        ValidationError: names the alarm, the member and what it may be.
    """
    if request.get("rule") or request.get("metric_data_queries"):
        raise ValidationError(
            f"Local AWS evaluates alarms on one metric; {request['name']} is on an expression or "
            "on other alarms."
        )
    if request.get("comparison_operator") not in COMPARISONS:
        raise ValidationError(
            f"ComparisonOperator of {request['name']} must be one of {', '.join(COMPARISONS)}."
        )
    _check_statistic(request)
    _check_actions(request)


def _check_statistic(request: dict[str, Any]) -> None:
    extended = request.get("extended_statistic")
    if request.get("statistic") in STATISTICS or PERCENTILE.fullmatch(extended or ""):
        return
    given = request.get("statistic") or extended
    raise ValidationError(
        f"Local AWS evaluates alarms on {', '.join(STATISTICS)} and on percentiles such as p95 or "
        f"p99.9; {request['name']} is on {given}."
    )


def _check_actions(request: dict[str, Any]) -> None:
    if request["name"].startswith("TargetTracking-"):
        return  # Application Auto Scaling made it; its policies are kept and scale nothing.
    for member, argument in _ACTIONS.items():
        for action in request.get(argument) or ():
            if service_of(action) not in KINDS:
                raise ValidationError(
                    "Local AWS carries out alarm actions on SNS topics and Lambda functions; "
                    f"{member} of {request['name']} has {action}."
                )
