"""Executions in the test's own process: Wait states and retries take a thousandth of their time."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from local_sagemaker.stepfunctions.definition.machine import read_machine
from local_sagemaker.stepfunctions.engine.environment import Environment
from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.engine.revision import Revision
from local_sagemaker.stepfunctions.engine.visit import Visit
from local_sagemaker.stepfunctions.settings import Settings

ARN = "arn:aws:states:us-east-1:123456789012:stateMachine:Machine"
ROLE = "arn:aws:iam::123456789012:role/states"
Details = Mapping[str, Any]


def no_distributed_map(_visit: Visit) -> Any:
    raise AssertionError("no state here is a distributed Map")


def started(
    states: Mapping[str, Any],
    given: Any = None,
    emit: Callable[[str, str, dict[str, Any]], None] | None = None,
    **more: Any,
) -> Execution:
    """An execution of these states, of which the first is the start."""
    text = json.dumps({"StartAt": next(iter(states)), "States": dict(states), **more})
    settings = Settings(wait_scale=0.001) if emit is None else Settings(emit, wait_scale=0.001)
    environment = Environment("us-east-1", no_distributed_map, settings)
    revision = Revision(ARN, "Machine", read_machine(text), ROLE)
    execution = Execution(revision, "run", {} if given is None else given, environment)
    execution.start()
    return execution


def run(states: Mapping[str, Any], given: Any = None, **more: Any) -> Execution:
    """The execution once it has ended."""
    execution = started(states, given, **more)
    assert execution.join(20)
    return execution


def jsonata(states: Mapping[str, Any], given: Any = None) -> Execution:
    return run(states, given, QueryLanguage="JSONata")


def chain(execution: Execution) -> list[str]:
    """The events: each with its number, that of the one before it, and its type."""
    return [
        f"{each['id']}<{each['previousEventId']} {each['type']}"
        for each in execution.history.events
    ]


def kinds(execution: Execution) -> list[str]:
    return [each["type"] for each in execution.history.events]


def details(execution: Execution, kind: str) -> list[Details]:
    """The details of all events of a type."""
    return [
        next((item for name, item in each.items() if name.endswith("EventDetails")), {})
        for each in execution.history.events
        if each["type"] == kind
    ]


def fail(error: str = "Bad", cause: str | None = "it is") -> dict[str, Any]:
    return {"Type": "Fail", "Error": error} | ({} if cause is None else {"Cause": cause})


def end(**more: Any) -> dict[str, Any]:
    return {"Type": "Pass", "End": True, **more}


def machine(states: Mapping[str, Any]) -> dict[str, Any]:
    """A branch, or the processor of a Map."""
    return {"StartAt": next(iter(states)), "States": dict(states)}
