"""Task states: the resource, and what its parameters must have."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.integrations import (
    CALL,
    Integration,
    integration_of,
)
from local_sagemaker.stepfunctions.definition.parameters import parameter_faults
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import either, object_template
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    at_most_one,
    object_faults,
    text,
)

# The code of what AWS takes and local AWS does not run.
NOT_RUN_HERE = "INVALID_RESOURCE"

_FUNCTION = re.compile(r"arn:[\w-]+:lambda:[\w-]+:[\w-]+:function:[\w$-]+(:[\w$-]+)?")
_ACTIVITY = re.compile(r"arn:[\w-]+:states:[\w-]+:[\w-]+:activity:.+")


def resource(value: Any, place: Place) -> Iterator[Fault]:
    """The field Resource of a Task state."""
    if not isinstance(value, str):
        yield from text(value, place)
    elif not value.startswith("arn:"):
        yield place.fault("Value is not a valid resource ARN")
    elif is_activity(value):
        if place.express:
            yield place.fault("Express state machine does not support Activity ARN")
    elif not _FUNCTION.fullmatch(value):
        yield from _integration_faults(value, integration_of(value), place)


def is_activity(arn: str) -> bool:
    return _ACTIVITY.fullmatch(arn) is not None


def credentials(value: Any, place: Place) -> Iterator[Fault]:
    """Whose rights the task has: RoleArn, a path to one, or an expression."""
    if not isinstance(value, dict):
        yield place.fault("Expected value of type [OBJECT]")
        return
    fields = {"RoleArn": Field(either), "RoleArn.$": Field(text, "JSONPath")}
    if not any(name in value for name in fields):
        yield place.fault("The field 'RoleArn' is required but was missing")
        return
    yield from object_faults(value, place, fields)
    yield from object_template(value, place)


def whole_task(state: dict[str, Any], place: Place) -> Iterator[Fault]:
    """Rules of several fields of a Task state."""
    yield from _time_faults(state, place)
    arn = state.get("Resource")
    if not isinstance(arn, str):
        return
    if is_activity(arn) and "Credentials" in state:
        message = "The field 'Credentials' is not supported for activities"
        yield place.field("Credentials").fault(message)
    integration = integration_of(arn)
    if integration is None or not integration.is_known:
        return
    name = "Arguments" if place.language == "JSONata" else "Parameters"
    if name not in state:
        message = f"{name} field is required for resource ARN: {arn}"
        yield place.field("Resource").fault(message)
    else:
        yield from parameter_faults(integration, state[name], place.field(name))


def _integration_faults(arn: str, integration: Integration | None, place: Place) -> Iterator[Fault]:
    if integration is None or not integration.is_known:
        yield place.fault(
            f"The resource provided {arn} is not recognized. The value is not a valid resource "
            "ARN, or the resource is not available in this region."
        )
    elif place.express and integration.pattern != CALL:
        # Step Functions writes one space more after a task token.
        space = " " if integration.pattern == ".waitForTaskToken" else ""
        pattern = f"'{integration.pattern}' service integration{space}"
        yield place.fault(f"Express state machine does not support {pattern}")
    elif not integration.is_run_here:
        yield place.fault(f"Local AWS does not run {arn}", NOT_RUN_HERE)


def _time_faults(state: dict[str, Any], place: Place) -> Iterator[Fault]:
    yield from at_most_one(state, ("TimeoutSeconds", "TimeoutSecondsPath"), place)
    yield from at_most_one(state, ("HeartbeatSeconds", "HeartbeatSecondsPath"), place)
    timeout, heartbeat = state.get("TimeoutSeconds"), state.get("HeartbeatSeconds")
    if isinstance(timeout, int) and isinstance(heartbeat, int) and heartbeat >= timeout:
        message = "The field 'HeartbeatSeconds' must be smaller than 'TimeoutSeconds'"
        yield place.field("HeartbeatSeconds").fault(message)
