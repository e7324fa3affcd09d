"""The CloudWatch alarms that roll a deployment back."""

from __future__ import annotations

from collections.abc import Sequence

from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.region import Region


def check_alarms(region: Region, names: Sequence[str]) -> None:
    """Refuse alarms that do not exist.

    Raises:
        ValidationException: names every one of them.
    """
    states = _states(region, names)
    missing = [name for name in names if name not in states]
    if missing:
        raise ValidationException(
            f"Could not find CloudWatch alarms {', '.join(missing)} of AutoRollbackConfiguration."
        )


def tripped(region: Region, names: Sequence[str]) -> list[str]:
    """Those of the alarms that are in state ALARM."""
    states = _states(region, names)
    return [name for name in names if states.get(name) == "ALARM"]


def _states(region: Region, names: Sequence[str]) -> dict[str, str]:
    if not names:
        return {}
    described = region.cloudwatch.describe_alarms(AlarmNames=list(names))
    return {alarm["AlarmName"]: alarm["StateValue"] for alarm in described["MetricAlarms"]}
