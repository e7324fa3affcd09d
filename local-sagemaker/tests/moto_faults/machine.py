"""Small state machines on moto's interpreter in this process."""

from __future__ import annotations

import json
import time
from typing import Any

from tests.moto_faults.clients import ROLE, client

SUCCEED = {"Done": {"Type": "Succeed"}}


def create_machine(states: dict[str, Any], **more: Any) -> str:
    definition = {"StartAt": next(iter(states)), "States": states} | more
    created = client("stepfunctions").create_state_machine(
        name="machine", definition=json.dumps(definition), roleArn=ROLE
    )
    return str(created["stateMachineArn"])


def start(states: dict[str, Any], name: str = "run", **more: Any) -> str:
    machine = create_machine(states, **more)
    started = client("stepfunctions").start_execution(stateMachineArn=machine, name=name)
    return str(started["executionArn"])


def finish(execution: str) -> dict[str, Any]:
    """The description of the execution once it has ended."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        described = dict(client("stepfunctions").describe_execution(executionArn=execution))
        if described["status"] != "RUNNING":
            return described
        time.sleep(0.05)
    raise AssertionError(f"{execution} still runs")


def run(states: dict[str, Any], **more: Any) -> dict[str, Any]:
    return finish(start(states, **more))


def history(execution: str, **more: Any) -> list[dict[str, Any]]:
    answer = client("stepfunctions").get_execution_history(executionArn=execution, **more)
    return list(answer["events"])


def task(resource: str, **more: Any) -> dict[str, Any]:
    return {"Task": {"Type": "Task", "Resource": resource, "End": True} | more}
