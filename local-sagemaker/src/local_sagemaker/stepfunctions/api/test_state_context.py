"""The context object of a tested state: the one that the request gives, or the usual one."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.stepfunctions.api.region import Region
from local_sagemaker.stepfunctions.definition.integrations import CALL, integration_of
from local_sagemaker.stepfunctions.definition.json_source import NotJson, parse
from local_sagemaker.stepfunctions.definition.machine import State
from local_sagemaker.stepfunctions.engine.timestamps import to_timestamp
from local_sagemaker.stepfunctions.errors import ValidationException
from local_sagemaker.stepfunctions.tasks.tokens import new_token

_ANY, _NUMBER, _TEXT = "any", "number", "string"
_FIELDS: Mapping[str, Mapping[str, str]] = {
    "Execution": {
        "Id": _TEXT,
        "Input": _ANY,
        "Name": _TEXT,
        "RoleArn": _TEXT,
        "StartTime": _TEXT,
        "RedriveCount": _NUMBER,
        "RedriveTime": _TEXT,
    },
    "State": {"EnteredTime": _TEXT, "Name": _TEXT, "RetryCount": _NUMBER},
    "StateMachine": {"Id": _TEXT, "Name": _TEXT},
    "Task": {"Token": _TEXT},
}
_RETRIED = ("Task", "Parallel", "Map")


def given_context(text: str, state: State) -> dict[str, Any]:
    """The context object of a request. Raises ValidationException."""
    try:
        context = parse(text)
    except NotJson as fault:
        raise _invalid("Context object must be valid JSON") from fault
    if not isinstance(context, dict):
        raise _invalid("Context object must be a JSON object")
    for name, said in context.items():
        if name == "Map":
            raise _invalid("'Map' field is not supported when mocking a Context object")
        _check_object(name, said, _FIELDS.get(name))
    if "Task" in context and not _has_token(state):
        raise _invalid(
            "Context object contains 'Task' when state is not a Task state with a '.sync' or "
            "'.waitForTaskToken' service integration pattern"
        )
    return context


def usual_context(
    region: Region, state: State, given: Any, role_arn: str | None, retries: int
) -> dict[str, Any]:
    """As an execution of the express type has it, under names that are made for the test."""
    machine, name, now = str(uuid.uuid4()), str(uuid.uuid4()), to_timestamp(datetime.now(UTC))
    own: dict[str, Any] = {"Name": state.name, "EnteredTime": now}
    if state.type in _RETRIED:
        own["RetryCount"] = retries
    context: dict[str, Any] = {
        "Execution": {
            "Id": region.arn("express", machine, name),
            "Input": given,
            "Name": name,
            "RoleArn": role_arn,
            "StartTime": now,
        },
        "StateMachine": {"Id": region.arn("stateMachine", machine), "Name": machine},
        "State": own,
    }
    return context | ({"Task": {"Token": new_token()}} if _has_token(state) else {})


def _check_object(name: str, said: Any, fields: Mapping[str, str] | None) -> None:
    if fields is None:
        raise _invalid(f"Field '{name}' is not allowed")
    if not isinstance(said, dict):
        raise _invalid(f"{name} must be an object")
    for field, value in said.items():
        kind = fields.get(field)
        if kind is None:
            raise _invalid(f"Field '{field}' is not allowed")
        if not _is_a(kind, value):
            raise _invalid(f"{name}.{field} must be a {kind}")


def _is_a(kind: str, value: Any) -> bool:
    if kind == _TEXT:
        return isinstance(value, str)
    return kind == _ANY or (isinstance(value, int) and not isinstance(value, bool))


def _has_token(state: State) -> bool:
    integration = integration_of(state.said.get("Resource", ""))
    return integration is not None and integration.pattern != CALL


def _invalid(reason: str) -> ValidationException:
    return ValidationException(f"Invalid Context object provided: {reason}")
