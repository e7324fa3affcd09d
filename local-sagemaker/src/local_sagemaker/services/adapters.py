"""Everything that local AWS puts into moto, in one list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from local_sagemaker.faults.rules import Faults
from local_sagemaker.services import (
    bucket_permissions,
    called_forms,
    conditional_writes,
    name_prefixes,
    object_contents,
    object_keys,
    partiql,
    policy_simulation,
    request_headers,
    session_tokens,
    stumbles,
    xml_bodies,
)
from local_sagemaker.services.alarms import adapter as alarms
from local_sagemaker.services.autoscaling import adapter as autoscaling
from local_sagemaker.services.cloudformation import adapter as cloudformation
from local_sagemaker.services.events import adapter as events
from local_sagemaker.services.functions import adapter as functions
from local_sagemaker.services.notifications import adapter as notifications
from local_sagemaker.services.scheduler import adapter as scheduler
from local_sagemaker.services.stepfunctions import adapter as stepfunctions


def install(work: Path, wait_scale: float, faults: Faults) -> Callable[[], None]:
    """Install every adapter; the returned function stops what they have started."""
    bucket_permissions.install()
    called_forms.install()
    conditional_writes.install()
    name_prefixes.install()
    object_contents.install(work / "objects")
    object_keys.install()
    partiql.install()
    policy_simulation.install()
    request_headers.install()
    session_tokens.install()
    stumbles.install()
    xml_bodies.install()
    cloudformation.install()
    stepfunctions.install(wait_scale)
    notifications.install()
    autoscaling.install()
    stop_events = events.install()
    stop_alarms = alarms.install(wait_scale)
    stop_functions = functions.install(work / "functions", faults, wait_scale)
    stop_clock = scheduler.install()

    def stop() -> None:
        stop_clock()
        stop_alarms()
        stop_events()
        stop_functions()

    return stop
