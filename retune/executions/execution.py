"""Executions of the workflow: starting, finding and reading them."""

import json
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import ClientError
from tuning.names import execution_id

from retune.aws import Aws
from retune.errors import InputError, UnavailableError
from retune.stack import Stack

RUN_TUNING = "createHyperParameterTuningJob"
# API reference of StartExecution, `name`; what it allows beside these is not logged by CloudWatch.
_NAME_RULE = "Give one that is new, of up to 80 letters, digits, - and _, or leave it out."


class UnknownExecution(InputError):
    """A name that no execution has."""


@dataclass(frozen=True)
class Execution:
    """An execution as DescribeExecution tells it; `output` only when it succeeded."""

    arn: str
    name: str
    status: str  # RUNNING, SUCCEEDED, FAILED, TIMED_OUT, ABORTED or PENDING_REDRIVE
    started: datetime
    stopped: datetime | None
    output: dict[str, Any]
    error: str
    cause: str
    input: str = ""  # as it was given, JSON text

    @property
    def is_running(self) -> bool:
        return self.status in ("RUNNING", "PENDING_REDRIVE")

    @property
    def succeeded(self) -> bool:
        return self.status == "SUCCEEDED"


@dataclass(frozen=True)
class Trace:
    """How far an execution has come: its latest state, and the tuning job it asked for."""

    state: str
    tuning_job_name: str | None


def new_name() -> str:
    """A name that sorts by time and reads well as a folder."""
    return f"{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{secrets.token_hex(2)}"


def start_execution(aws: Aws, machine: str, document: dict[str, Any], name: str) -> str:
    """Starts an execution and returns its ARN; InputError when the name is taken or impossible."""
    try:
        started = aws.client("stepfunctions").start_execution(
            stateMachineArn=machine, name=name, input=json.dumps(document)
        )
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ExecutionAlreadyExists", "InvalidName"):
            reason = error.response["Error"]["Message"].rstrip(".")
            raise InputError(f"--name {name!r}: {reason}. {_NAME_RULE}") from error
        raise
    return str(started["executionArn"])


def find_execution(aws: Aws, stack: Stack, name: str | None) -> Execution:
    """The execution of that name or ARN, or the latest.

    Raises:
        UnknownExecution: there is none of that name.
        UnavailableError: there is none at all.
    """
    arn = execution_arn(stack, name) if name else _latest_arn(aws, stack)
    try:
        return describe_execution(aws, arn)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("ExecutionDoesNotExist", "InvalidArn"):
            raise UnknownExecution(
                f"There is no execution {name!r} of the stack {stack.name!r}. `retune list` shows "
                "those that there are, `retune list MODEL` those of a model."
            ) from error
        raise


def execution_arn(stack: Stack, name: str) -> str:
    """The ARN of an execution of the stack's state machine; an ARN stays what it is."""
    if name.startswith("arn:"):
        return name
    return execution_id(stack.state_machine_arn, name)


def _latest_arn(aws: Aws, stack: Stack) -> str:
    newest = newest_names(aws, stack, 1)
    if not newest:
        raise UnavailableError(
            f"The stack {stack.name!r} has no execution yet. Start one: `retune start --watch`."
        )
    return execution_arn(stack, newest[0])


def newest_names(aws: Aws, stack: Stack, most: int) -> list[str]:
    """Of executions, newest first."""
    page = aws.client("stepfunctions").list_executions(
        stateMachineArn=stack.state_machine_arn, maxResults=most
    )
    return [str(each["name"]) for each in page["executions"]]


def describe_execution(aws: Aws, arn: str) -> Execution:
    answer = aws.client("stepfunctions").describe_execution(executionArn=arn)
    return Execution(
        arn=arn,
        name=answer["name"],
        status=answer["status"],
        started=answer["startDate"],
        stopped=answer.get("stopDate"),
        output=json.loads(answer.get("output") or "{}"),
        error=answer.get("error", ""),
        cause=answer.get("cause", ""),
        input=answer.get("input", ""),
    )


def trace_execution(aws: Aws, arn: str) -> Trace:
    """Reads the history; see `trace_of`."""
    return trace_of(aws, latest_first(aws, arn))


def trace_of(aws: Aws, events: list[dict[str, Any]]) -> Trace:
    """From the end of the history, so that a redriven execution tells its latest attempt."""
    tasks = [
        json.loads(event["taskScheduledEventDetails"]["parameters"])
        for event in events
        if event.get("taskScheduledEventDetails", {}).get("resource", "").startswith(RUN_TUNING)
    ]
    job = tasks[0]["HyperParameterTuningJobName"] if tasks else None
    return Trace(_place(aws, events), job)


def _place(aws: Aws, events: list[dict[str, Any]]) -> str:
    """The latest state; with the state of the execution that it waits for: `Recover: CleanUp`.

    A Parallel is no place: what happens is in its branch.
    """
    for event in events:
        if event["type"] == "ParallelStateEntered":
            continue
        if "stateEnteredEventDetails" in event:
            return str(event["stateEnteredEventDetails"]["name"])
        nested = nested_execution(event)
        if nested:
            state = _place(aws, events[events.index(event) + 1 :])
            return f"{state}: {_place(aws, latest_first(aws, nested)) or 'starting'}"
    return ""


def nested_execution(event: dict[str, Any]) -> str | None:
    """The ARN of the execution that an event tells the start of."""
    submitted = event.get("taskSubmittedEventDetails", {})
    if submitted.get("resourceType") != "states":
        return None
    return str(json.loads(submitted["output"])["ExecutionArn"])


def latest_first(aws: Aws, arn: str) -> list[dict[str, Any]]:
    """The events of an execution's history: a call for each thousand."""
    pages = aws.client("stepfunctions").get_paginator("get_execution_history")
    found = pages.paginate(executionArn=arn, reverseOrder=True, PaginationConfig={"PageSize": 1000})
    return [event for page in found for event in page["events"]]
