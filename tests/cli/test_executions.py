"""How an execution is named, and where it is by its history: in a box, in one that it waits for."""

from __future__ import annotations

import json
import time
import uuid
from contextlib import suppress
from typing import Any

import pytest

from retune.aws import Aws
from retune.errors import InputError
from retune.executions.execution import start_execution, trace_execution

ROLE = "arn:aws:iam::123456789012:role/test"
TRUST = {
    "Effect": "Allow",
    "Principal": {"Service": "states.amazonaws.com"},
    "Action": "sts:AssumeRole",
}
# For startExecution.sync: the execution, its end, and the rule by which Step Functions hears of it.
MAY = {
    "Effect": "Allow",
    "Action": ["states:*", "events:PutTargets", "events:PutRule", "events:DescribeRule"],
    "Resource": "*",
}
WAIT = {"Type": "Wait", "Seconds": 600, "End": True}


@pytest.fixture
def aws(local_aws: Any, monkeypatch: pytest.MonkeyPatch) -> Aws:
    for name, value in local_aws.environment().items():
        monkeypatch.setenv(name, value)
    iam = local_aws.client("iam")
    trust = json.dumps({"Version": "2012-10-17", "Statement": [TRUST]})
    with suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_role(RoleName=ROLE.rpartition("/")[2], AssumeRolePolicyDocument=trust)
    policy = json.dumps({"Version": "2012-10-17", "Statement": [MAY]})
    named = {"RoleName": ROLE.rpartition("/")[2], "PolicyName": "nested"}
    iam.put_role_policy(**named, PolicyDocument=policy)
    return Aws()


def machine(aws: Aws, states: dict[str, Any]) -> str:
    definition = {"QueryLanguage": "JSONata", "StartAt": next(iter(states)), "States": states}
    created = aws.client("stepfunctions").create_state_machine(
        name=f"cli-{uuid.uuid4().hex[:8]}",
        definition=json.dumps(definition),
        roleArn=ROLE,
    )
    return str(created["stateMachineArn"])


def place(aws: Aws, states: dict[str, Any], expected: str) -> str:
    """Where an execution of these states comes to, which should be the expected place."""
    client = aws.client("stepfunctions")
    arn = client.start_execution(stateMachineArn=machine(aws, states))["executionArn"]
    deadline = time.monotonic() + 10
    while (found := trace_execution(aws, arn).state) != expected and time.monotonic() < deadline:
        time.sleep(0.1)
    client.stop_execution(executionArn=arn)
    return found


def test_name_that_step_functions_does_not_take_is_refused_with_the_rule(aws: Aws) -> None:
    arn = machine(aws, {"Wait": WAIT})
    with pytest.raises(
        InputError, match=r"^--name 'my run!': .*letters, digits, - and _, or leave"
    ):
        start_execution(aws, arn, {}, "my run!")


def test_state_within_a_box_is_named_and_not_the_box(aws: Aws) -> None:
    branch = {"StartAt": "RunTuning", "States": {"RunTuning": WAIT}}
    box = {"Retune": {"Type": "Parallel", "Branches": [branch], "End": True}}
    assert place(aws, box, "RunTuning") == "RunTuning"


def test_state_of_the_execution_that_a_state_waits_for_is_named_beside_it(aws: Aws) -> None:
    recovery = machine(aws, {"CleanUp": WAIT})
    resource = "arn:aws:states:::states:startExecution.sync:2"
    recover = {"Type": "Task", "Resource": resource, "Arguments": {"StateMachineArn": recovery}}
    found = place(aws, {"Recover": recover | {"End": True}}, "Recover: CleanUp")
    assert found == "Recover: CleanUp"


def test_state_after_the_nested_execution_stands_alone(aws: Aws) -> None:
    recovery = machine(aws, {"Recovered": {"Type": "Succeed"}})
    resource = "arn:aws:states:::states:startExecution.sync:2"
    recover = {"Type": "Task", "Resource": resource, "Arguments": {"StateMachineArn": recovery}}
    states = {"Recover": recover | {"Next": "HowItEnded"}, "HowItEnded": WAIT}
    assert place(aws, states, "HowItEnded") == "HowItEnded"
