"""Why an endpoint does not scale although its run was to set that up."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tuning.failure.error_cause import ErrorCause
from tuning.variables.failed_state import FailedState


def why_unscaled(event: Mapping[str, Any]) -> str | None:
    """From the payload of the state WriteReport; None when scaling was set, or not asked for."""
    unscaled = event.get("Unscaled")
    if unscaled is None:
        return None
    failed = FailedState.parse(unscaled)
    cause = ErrorCause.parse(failed.cause)
    name = cause.code or failed.error
    return cause.message if name in cause.message else f"{name}: {cause.message}"


def with_unscaled(reason: str, event: Mapping[str, Any]) -> str:
    """The reason of a run that deployed, and why its endpoint does not scale though it should."""
    unscaled = why_unscaled(event)
    return f"{reason} Its autoscaling could not be set: {unscaled}" if unscaled else reason
