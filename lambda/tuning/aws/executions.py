"""Executions of Step Functions: what they are, what happened in them, which are over."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from tuning.aws.clients import client
from tuning.variables.approval import ApprovalAnswer

ENDED_WITHOUT_SUCCESS = ("FAILED", "ABORTED", "TIMED_OUT")


def describe_execution(arn: str) -> dict[str, Any]:
    """DescribeExecution as it answers."""
    answer: dict[str, Any] = client("stepfunctions").describe_execution(executionArn=arn)
    return answer


def describe_if_there(arn: str) -> dict[str, Any] | None:
    """DescribeExecution; None for one that is over for so long that AWS has forgotten it."""
    try:
        return describe_execution(arn)
    except client("stepfunctions").exceptions.ExecutionDoesNotExist:
        return None


def is_running(arn: str) -> bool:
    """Whether an execution is not over yet."""
    return bool(describe_execution(arn)["status"] == "RUNNING")


def goes_on(arn: str) -> bool:
    """Whether an execution is not over yet; one that AWS has forgotten is."""
    described = describe_if_there(arn)
    return described is not None and described["status"] in ("RUNNING", "PENDING_REDRIVE")


def read_history(arn: str) -> Iterator[dict[str, Any]]:
    """Every event of an execution, newest first."""
    pages = client("stepfunctions").get_paginator("get_execution_history")
    answers = pages.paginate(executionArn=arn, includeExecutionData=True, reverseOrder=True)
    return (event for page in answers for event in page["events"])


def ended_without_success(state_machine_arn: str, since: datetime) -> Iterator[dict[str, Any]]:
    """Entries of ListExecutions: executions that have failed, or were ended, since then."""
    pages = client("stepfunctions").get_paginator("list_executions")
    for status in ENDED_WITHOUT_SUCCESS:
        for page in pages.paginate(stateMachineArn=state_machine_arn, statusFilter=status):
            yield from (entry for entry in page["executions"] if entry["stopDate"] >= since)


def creation_of(state_machine_arn: str) -> datetime:
    """When a state machine was created; updates do not change it."""
    described = client("stepfunctions").describe_state_machine(stateMachineArn=state_machine_arn)
    created: datetime = described["creationDate"]
    return created


def start_execution(state_machine_arn: str, document: Mapping[str, Any]) -> None:
    """StartExecution with a name that Step Functions makes up."""
    client("stepfunctions").start_execution(
        stateMachineArn=state_machine_arn, input=json.dumps(document)
    )


def start_once(state_machine_arn: str, name: str, document: Mapping[str, Any]) -> bool:
    """Starts an execution of this name; False when there is one, which may be over."""
    stepfunctions = client("stepfunctions")
    try:
        stepfunctions.start_execution(
            stateMachineArn=state_machine_arn, name=name, input=json.dumps(document)
        )
    except stepfunctions.exceptions.ExecutionAlreadyExists:
        return False
    return True


def send_decision(token: str, decided: ApprovalAnswer) -> bool:
    """Lets the state that waits with this token go on, or fail as NotApproved.

    `decided` is what tuning.registry.approval.answer says. Returns False when the state waits no
    more.
    """
    answer = decided.to_document()
    if decided.model_approval_status == "Approved":
        return let_go_on(token, answer)
    return let_fail(token, "NotApproved", json.dumps(answer))


def let_go_on(token: str, output: Mapping[str, Any]) -> bool:
    """SendTaskSuccess; False when the state with this token waits no more."""
    return _send("send_task_success", taskToken=token, output=json.dumps(output))


def let_fail(token: str, error: str, cause: str) -> bool:
    """SendTaskFailure; False when the state with this token waits no more."""
    return _send("send_task_failure", taskToken=token, error=error, cause=cause)


def _send(operation: str, **request: str) -> bool:
    stepfunctions = client("stepfunctions")
    errors = stepfunctions.exceptions
    try:
        getattr(stepfunctions, operation)(**request)
    except (errors.TaskTimedOut, errors.TaskDoesNotExist, errors.InvalidToken):
        return False
    return True
