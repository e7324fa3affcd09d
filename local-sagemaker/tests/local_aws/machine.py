"""Runs small state machines for the tests."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.roles import make_role

ROLE = "arn:aws:iam::123456789012:role/test"


def create_machine(local_aws: LocalAws, definition: dict[str, Any]) -> str:
    make_role(local_aws.client("iam"), ROLE)
    created = local_aws.client("stepfunctions").create_state_machine(
        name=f"machine-{uuid.uuid4().hex[:8]}", definition=json.dumps(definition), roleArn=ROLE
    )
    return str(created["stateMachineArn"])


def start(local_aws: LocalAws, definition: dict[str, Any], given: Any = None) -> str:
    started = local_aws.client("stepfunctions").start_execution(
        stateMachineArn=create_machine(local_aws, definition), input=json.dumps(given or {})
    )
    return str(started["executionArn"])


def finish(local_aws: LocalAws, execution: str, seconds: float = 60) -> dict[str, Any]:
    """The description of an execution that has ended, its output parsed."""
    client = local_aws.client("stepfunctions")
    deadline = time.monotonic() + seconds
    described: dict[str, Any] = client.describe_execution(executionArn=execution)
    while described["status"] == "RUNNING" and time.monotonic() < deadline:
        time.sleep(0.05)
        described = client.describe_execution(executionArn=execution)
    assert described["status"] != "RUNNING"
    if "output" in described:
        described["output"] = json.loads(described["output"])
    return described


def run(local_aws: LocalAws, definition: dict[str, Any], given: Any = None) -> dict[str, Any]:
    return finish(local_aws, start(local_aws, definition, given))


def history(local_aws: LocalAws, execution: str) -> list[dict[str, Any]]:
    client = local_aws.client("stepfunctions")
    pages = client.get_paginator("get_execution_history").paginate(executionArn=execution)
    return [event for page in pages for event in page["events"]]


def jsonata(states: dict[str, Any], start_at: str | None = None) -> dict[str, Any]:
    return {"QueryLanguage": "JSONata", "StartAt": start_at or next(iter(states)), "States": states}


def evaluated(local_aws: LocalAws, expression: str, given: Any = None) -> dict[str, Any]:
    """The end of an execution whose only state outputs this expression."""
    state = {"Type": "Pass", "Output": "{% " + expression + " %}", "End": True}
    return run(local_aws, jsonata({"Evaluate": state}), given)
