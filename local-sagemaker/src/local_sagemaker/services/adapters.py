"""Everything that local AWS puts into moto, in one list."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from local_sagemaker.faults.rules import Faults
from local_sagemaker.services import (
    bucket_permissions,
    called_forms,
    conditional_writes,
    key_lookup,
    log_subscriptions,
    name_prefixes,
    object_answers,
    object_contents,
    object_keys,
    partiql,
    policy_simulation,
    policy_sizes,
    request_headers,
    request_parameters,
    resource_policy_sizes,
    secret_names,
    session_tokens,
    stumbles,
    unasked_capacity,
    xml_bodies,
)
from local_sagemaker.services.alarms import adapter as alarms
from local_sagemaker.services.autoscaling import adapter as autoscaling
from local_sagemaker.services.bucket_notifications import adapter as bucket_notifications
from local_sagemaker.services.cloudformation import adapter as cloudformation
from local_sagemaker.services.events import adapter as events
from local_sagemaker.services.functions import adapter as functions
from local_sagemaker.services.notifications import adapter as notifications
from local_sagemaker.services.permissions import adapter as permissions
from local_sagemaker.services.scheduler import adapter as scheduler


def install(work: Path, wait_scale: float, faults: Faults) -> Callable[[], None]:
    """Install every adapter; the returned function stops what they have started."""
    bucket_permissions.install()
    called_forms.install()
    conditional_writes.install()
    key_lookup.install()
    log_subscriptions.install()
    name_prefixes.install()
    object_answers.install()
    object_contents.install(work / "objects")
    object_keys.install()
    partiql.install()
    permissions.install()
    policy_simulation.install()
    policy_sizes.install()
    request_headers.install()
    request_parameters.install()
    resource_policy_sizes.install()
    secret_names.install()
    session_tokens.install()
    stumbles.install()
    unasked_capacity.install()
    xml_bodies.install()
    cloudformation.install()
    notifications.install()
    autoscaling.install()
    stop_events = events.install()
    bucket_notifications.install()
    stop_alarms = alarms.install(wait_scale)
    stop_functions = functions.install(work / "functions", faults, wait_scale)
    stop_clock = scheduler.install()

    def stop() -> None:
        stop_clock()
        stop_alarms()
        stop_events()
        stop_functions()

    return stop
