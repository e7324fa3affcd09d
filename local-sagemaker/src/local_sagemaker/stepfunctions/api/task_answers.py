"""SendTaskSuccess, SendTaskFailure and SendTaskHeartbeat."""

from __future__ import annotations

from local_sagemaker.stepfunctions.api.payloads import task_output
from local_sagemaker.stepfunctions.api.region import Document, Operation
from local_sagemaker.stepfunctions.tasks import tokens


def operations() -> dict[str, Operation]:
    """Tokens say by themselves whose they are: they are the same in every region."""
    return {
        "SendTaskSuccess": _succeed,
        "SendTaskFailure": _fail,
        "SendTaskHeartbeat": _heartbeat,
    }


def _succeed(request: Document) -> Document:
    # Recorded: of a wrong token and an output that is no JSON, the token is refused.
    tokens.check(request["taskToken"])
    tokens.succeed(request["taskToken"], task_output(request["output"]))
    return {}


def _fail(request: Document) -> Document:
    tokens.fail(request["taskToken"], request.get("error"), request.get("cause"))
    return {}


def _heartbeat(request: Document) -> Document:
    tokens.heartbeat(request["taskToken"])
    return {}
