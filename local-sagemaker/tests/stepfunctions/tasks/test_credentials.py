"""Credentials of a Task state, and calls that end after their task."""

from __future__ import annotations

import json
import threading
import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.patience import patience
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

from tests.local_aws.machine import ROLE, finish, history, jsonata, start
from tests.stepfunctions.tasks.attempt import Execution


def role_trusting(local_aws: LocalAws, principal: Any) -> str:
    statement = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRole"}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    created = local_aws.client("iam").create_role(
        RoleName=f"role-{uuid.uuid4().hex[:6]}", AssumeRolePolicyDocument=policy
    )
    return str(created["Role"]["Arn"])


def ended(local_aws: LocalAws, role: str) -> tuple[str, dict[str, Any]]:
    """How a machine ends whose only task lists buckets with the rights of the role.

    The ARN of the execution, and its description.
    """
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:s3:listBuckets",
        "Arguments": {},
        "Credentials": {"RoleArn": role},
        "End": True,
    }
    execution = start(local_aws, jsonata({"List": task}))
    return execution, finish(local_aws, execution)


@pytest.mark.parametrize("principal", [{"AWS": ROLE}, {"AWS": ["123456789012"]}, {"AWS": "*"}])
def test_task_has_the_rights_of_a_role_that_trusts_the_machines(
    local_aws: LocalAws, principal: Any
) -> None:
    role = role_trusting(local_aws, principal)
    execution, description = ended(local_aws, role)
    who = f"User: arn:aws:sts::123456789012:assumed-role/{role.rpartition('/')[2]}/"
    assert description["cause"].startswith(who)
    (scheduled,) = [
        event["taskScheduledEventDetails"]
        for event in history(local_aws, execution)
        if event["type"] == "TaskScheduled"
    ]
    assert scheduled["taskCredentials"] == {"roleArn": role}
    local_aws.client("iam").attach_role_policy(
        RoleName=role.rpartition("/")[2], PolicyArn="arn:aws:iam::aws:policy/AdministratorAccess"
    )
    assert "Buckets" in ended(local_aws, role)[1]["output"]


def test_role_that_does_not_or_is_not_there_fails_the_task(local_aws: LocalAws) -> None:
    """In AWS's recorded words."""
    for role in (
        role_trusting(local_aws, {"Service": "states.amazonaws.com"}),
        "arn:aws:iam::210987654321:role/of-another-account",
    ):
        execution, description = ended(local_aws, role)
        assert (description["error"], description["cause"]) == (
            "States.TaskFailed",
            f"The role {ROLE} is not authorized to assume the task state's role, {role}.",
        )
        types = [event["type"] for event in history(local_aws, execution)]
        assert types[1:5] == ["TaskStateEntered", "TaskScheduled", "TaskStarted", "TaskFailed"]


def test_what_a_call_gives_after_its_time_is_handed_over() -> None:
    """So that a job is stopped that starts when its task is over."""
    request = TaskRequest("", {}, {}, "", print, Execution(), timeout_seconds=0.1)
    go_on, late, handed = threading.Event(), [], threading.Event()

    def call() -> str:
        go_on.wait(5)
        return "a job"

    def too_late(result: str) -> None:
        late.append(result)
        handed.set()

    with pytest.raises(StateFailed, match=r"States\.Timeout"):
        patience(request, "TaskTimedOut").call(call, too_late)
    go_on.set()
    assert handed.wait(5)
    assert late == ["a job"]
