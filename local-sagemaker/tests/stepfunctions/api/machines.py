"""Small state machines, and what the tests ask of them."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError

ROLE = "arn:aws:iam::123456789012:role/runs"
OTHER_ROLE = f"{ROLE}-too"
ECHO = {"StartAt": "Echo", "States": {"Echo": {"Type": "Pass", "End": True}}}
SLOW = {"StartAt": "Slow", "States": {"Slow": {"Type": "Wait", "Seconds": 60, "End": True}}}
FAILING = {
    "StartAt": "Refuse",
    "States": {"Refuse": {"Type": "Fail", "Error": "TooLate", "Cause": "it is Sunday"}},
}


def unique(kind: str) -> str:
    return f"{kind}-{uuid.uuid4().hex[:8]}"


def create(sfn: Any, definition: Any = ECHO, /, **more: Any) -> dict[str, Any]:
    """The answer of CreateStateMachine."""
    given = {"name": unique("machine"), "roleArn": ROLE, "definition": json.dumps(definition)}
    created: dict[str, Any] = sfn.create_state_machine(**(given | more))
    return created


def create_arn(sfn: Any, definition: Any = ECHO, /, **more: Any) -> str:
    return str(create(sfn, definition, **more)["stateMachineArn"])


def commented(text: str) -> str:
    """Another definition that does the same."""
    return json.dumps(ECHO | {"Comment": text})


def start(sfn: Any, machine: str, **more: Any) -> str:
    return str(sfn.start_execution(stateMachineArn=machine, **more)["executionArn"])


def finish(sfn: Any, execution: str, seconds: float = 20) -> dict[str, Any]:
    """The description of an execution that has ended."""
    deadline = time.monotonic() + seconds
    described: dict[str, Any] = sfn.describe_execution(executionArn=execution)
    while described["status"] == "RUNNING" and time.monotonic() < deadline:
        time.sleep(0.02)
        described = sfn.describe_execution(executionArn=execution)
    return described


def refusal(call: Any, **request: Any) -> tuple[str, str]:
    """The code and message with which a call is refused."""
    with pytest.raises(ClientError) as refused:
        call(**request)
    error = refused.value.response["Error"]
    return error["Code"], error["Message"]
