"""Writes the Retry blocks of statemachine/*.asl.json: `make asl`, or `python -m stacks.retries`.

Substitutions of CloudFormation put strings into a definition and no arrays, so that the blocks
stand in the committed files, where Workflow Studio shows them; here each is written once. Which
names a task can be tried again by is in docs/decisions/0011.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from stacks.asl_format import asl_text
from stacks.deployed_files import STATE_MACHINES

DEFINITIONS = sorted(STATE_MACHINES.glob("*.asl.json"))

_LAMBDA = (
    "Lambda.ClientExecutionTimeoutException",
    "Lambda.ServiceException",
    "Lambda.AWSLambdaException",
    "Lambda.SdkClientException",
    "Lambda.TooManyRequestsException",
    # Application Auto Scaling was changing the target already; boto3 does not try that again.
    "ConcurrentUpdateException",
)
# The start of a task's Resource, without partition and with the machine that it starts -> the
# names it is tried again by.
_ERRORS = {
    "lambda:invoke": _LAMBDA,
    "sagemaker:": ("SageMaker.AmazonSageMakerException", "SageMaker.SdkClientException"),
    "aws-sdk:sagemaker:": ("SageMaker.SageMakerException", "SageMaker.SdkClientException"),
    # A run is started once: only when it could not be started at all.
    "states:startExecution.sync:2 ${Retune": (
        "StepFunctions.ExecutionLimitExceededException",
        "StepFunctions.ThrottlingException",
        "StepFunctions.AWSStepFunctionsException",
        "StepFunctions.SdkClientException",
    ),
    # Every end of a recovery but a good one: it may be started as often as one likes.
    "states:startExecution": ("States.TaskFailed",),
}
_MAX_ATTEMPTS = {"lambda:invoke": 5}


def with_retries(definition: dict[str, Any]) -> dict[str, Any]:
    """The definition with the Retry blocks of its tasks; those that stand in it are replaced."""
    for state in states(definition):
        if state["Type"] == "Task":
            state["Retry"] = [_retry(_action(state))]
            for member in ("Catch", "Next", "End"):  # which follow it, as they do in time
                if member in state:
                    state[member] = state.pop(member)
    return definition


def states(scope: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every state of a definition, also those in Parallel and Map."""
    for state in scope["States"].values():
        yield state
        for inner in (*state.get("Branches", ()), state.get("ItemProcessor")):
            if inner:
                yield from states(inner)


def _action(state: dict[str, Any]) -> str:
    arguments = state.get("Arguments")
    started = arguments.get("StateMachineArn", "") if isinstance(arguments, dict) else ""
    return f"{state['Resource'].rpartition(':::')[2]} {started}".strip()


def _retry(action: str) -> dict[str, Any]:
    """Full jitter, since many executions may have met the same fault at the same moment."""
    service = next((start for start in _ERRORS if action.startswith(start)), None)
    if service is None:
        raise ValueError(
            f"{action}: stacks/retries.py knows no names to try it again by. Add them."
        )
    return {
        "ErrorEquals": list(_ERRORS[service]),
        "IntervalSeconds": 2,
        "MaxAttempts": _MAX_ATTEMPTS.get(service, 3),
        "BackoffRate": 2,
        "MaxDelaySeconds": 60,
        "JitterStrategy": "FULL",
    }


def main() -> None:
    for path in DEFINITIONS:
        path.write_text(asl_text(with_retries(json.loads(path.read_text()))))


if __name__ == "__main__":
    main()
