"""The runs of an endpoint that AWS still knows, newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import islice
from typing import Any

from tuning.aws.models import read_model
from tuning.execution_input.endpoint_name import endpoint_of, is_endpoint_name, model_of, parsed
from tuning.own_names import is_own_name
from tuning.variables.run_cost import RunCost

from retune.aws import Aws
from retune.deployment.deployed_models import is_model_name
from retune.errors import InputError
from retune.executions.execution import Execution, describe_execution
from retune.stack import Stack

Describe = Callable[[Aws, str], Execution]
ModelEndpoint = Callable[[str], str | None]

_OF_STATUS = {"ABORTED": "Cancelled", "TIMED_OUT": "TimedOut"}  # they have no error of ours


@dataclass(frozen=True)
class PastRun:
    """An execution, and what it says of itself: all of it in its input, output, error and cause."""

    execution: Execution
    endpoint: str

    @property
    def model(self) -> str | None:
        """The one that its input names."""
        return model_of(parsed(self.execution.input))

    @property
    def outcome(self) -> str:
        """As docs/outcomes.md calls it, or RUNNING; what recovery finds out is in its own words."""
        execution = self.execution
        ended = execution.output.get("Outcome") or execution.error
        return str(ended or _OF_STATUS.get(execution.status, execution.status))

    @property
    def seconds(self) -> float | None:
        """From start to end; None while it runs."""
        ended = self.execution.stopped
        return (ended - self.execution.started).total_seconds() if ended else None

    @property
    def sentence(self) -> str:
        """The verdict, or why there is none."""
        output = self.execution.output
        return str(self._verdict.get("Reason") or output.get("Reason") or self.execution.cause)

    @property
    def scores(self) -> tuple[float | None, float | None]:
        """Of the candidate and of the champion, on the test channel."""
        candidate, champion = (self._verdict.get(name) or {} for name in ("Candidate", "Champion"))
        return candidate.get("Score"), champion.get("Score")

    @property
    def cost(self) -> str:
        """As the run has said it; empty when it has not."""
        given = self.execution.output.get("Cost")
        return str(RunCost.parse(given).cost) if given else ""

    def as_document(self) -> dict[str, Any]:
        """For programs."""
        candidate, champion = self.scores
        ended = self.execution.stopped
        return {
            "ExecutionArn": self.execution.arn,
            "Name": self.execution.name,
            "Status": self.execution.status,
            "ModelName": self.model,
            "EndpointName": self.endpoint,
            "StartDate": self.execution.started.isoformat(),
            "StopDate": ended.isoformat() if ended else None,
            "Outcome": self.outcome,
            "Reason": self.sentence,
            "CandidateScore": candidate,
            "ChampionScore": champion,
            "Interval": self._verdict.get("Interval"),
            "Cost": self.execution.output.get("Cost"),
        }

    @property
    def _verdict(self) -> dict[str, Any]:
        return self.execution.output.get("Verdict") or {}


def endpoint_named(stack: Stack, name: str) -> str:
    """The endpoint of the model of this name, or of this name itself.

    Raises:
        InputError: it is neither; an endpoint of the stack is its prefix, or begins with that
            and a hyphen.
    """
    model = read_model(stack.name_prefix, name) if is_model_name(name) else None
    endpoint = endpoint_of(model) if model else None
    is_own = is_own_name(stack.name_prefix, name) and is_endpoint_name(name)
    if endpoint is None and not is_own:
        raise InputError(
            f"{name!r} is neither a model that the stack {stack.name!r} has deployed nor an "
            f"endpoint of its own, which is {stack.name_prefix!r} or begins with "
            f"'{stack.name_prefix}-'. `retune models` lists the models."
        )
    return endpoint or name


def past_runs(
    aws: Aws,
    stack: Stack,
    endpoint: str | None,
    most: int,
    describe: Describe | None = None,
    *,
    status: str | None = None,
    outcome: str | None = None,
) -> list[PastRun]:
    """The newest runs of an endpoint, or of all: a call for each execution that is looked at.

    `describe` is DescribeExecution, or what remembers its answers.
    """
    every = _runs(aws, stack, describe or describe_execution, status)
    found = (
        run for run in every if endpoint in (None, run.endpoint) and outcome in (None, run.outcome)
    )
    return list(islice(found, most))


def endpoint_of_run(stack: Stack, execution: Execution, model_endpoint: ModelEndpoint) -> str:
    """The endpoint that an execution has said, or was asked for; else the stack's own."""
    document = parsed(execution.input)
    model = model_of(document)
    found = (
        execution.output.get("EndpointName")
        or endpoint_of(document)
        or (model_endpoint(model) if model else None)
        or stack.endpoint_name
    )
    return str(found)


def endpoint_of_model(stack: Stack, name: str) -> str | None:
    """Of a deployed model; None when it says none, or is not deployed any more."""
    model = read_model(stack.name_prefix, name)
    return endpoint_of(model) if model else None


def _runs(aws: Aws, stack: Stack, describe: Describe, status: str | None) -> Iterator[PastRun]:
    @cache
    def known(name: str) -> str | None:
        return endpoint_of_model(stack, name)

    pages = aws.client("stepfunctions").get_paginator("list_executions")
    only = {"statusFilter": status} if status else {}
    for page in pages.paginate(stateMachineArn=stack.state_machine_arn, **only):
        for entry in page["executions"]:
            execution = describe(aws, entry["executionArn"])
            yield PastRun(execution, endpoint_of_run(stack, execution, known))
