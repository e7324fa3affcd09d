"""`lambda:invoke`, and functions named by their ARN."""

from __future__ import annotations

import json
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.api_values import of_api
from local_sagemaker.stepfunctions.tasks.clients import client_of_task
from local_sagemaker.stepfunctions.tasks.json_values import http_metadata
from local_sagemaker.stepfunctions.tasks.patience import patience, unheeded
from local_sagemaker.stepfunctions.tasks.resource import Resource
from local_sagemaker.stepfunctions.tasks.result_size import too_long
from local_sagemaker.stepfunctions.tasks.roles import assume
from local_sagemaker.stepfunctions.tasks.scheduled import limits
from local_sagemaker.stepfunctions.tasks.service import Call
from local_sagemaker.stepfunctions.tasks.service_errors import failure_of
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

_FAILED = "LambdaFunctionFailed"


def invoke(call: Call) -> dict[str, Any]:
    """The result of `lambda:invoke`: the function's output as JSON, and the call around it."""
    payload = call.parameters.get("Payload")
    others = {name: item for name, item in call.parameters.items() if name != "Payload"}
    request = of_api(others, call.operation.input_shape)
    response = call.send(request if payload is None else request | {"Payload": _sent(payload)})
    output = response["Payload"].read().decode()
    if "FunctionError" in response:
        raise _function_failed(_compact(output), "TaskFailed", call.resource.said_in_events)
    kept = ("ExecutedVersion", "LogResult", "StatusCode")
    members = {name: response[name] for name in kept if name in response}
    members |= {"Payload": _value(output), **http_metadata(response)}
    return dict(sorted(members.items()))


def run_function(request: TaskRequest, resource: Resource) -> Any:
    """The output of the function whose ARN the state has as its Resource."""
    client = client_of_task("lambda", request, resource.region)
    given = to_text(request.parameters)
    request.record(
        "LambdaFunctionScheduled",
        input=given,
        inputDetails={"truncated": False},
        resource=resource.arn,
        **limits(request),
    )
    waited = patience(request, "LambdaFunctionTimedOut")
    request.record("LambdaFunctionStarted")
    assume(request, _FAILED, {})
    output = waited.call(lambda: _output(client, resource, given), unheeded)
    text = to_text(output)
    if failed := too_long(text, resource.arn, _FAILED):
        raise failed
    request.record("LambdaFunctionSucceeded", output=text, outputDetails={"truncated": False})
    return output


def _output(client: Any, resource: Resource, given: str) -> Any:
    try:
        response = client.invoke(FunctionName=resource.arn, Payload=given.encode())
        text = response["Payload"].read().decode()
    except (ClientError, BotoCoreError) as error:
        raise failure_of(error, resource, "lambda", _FAILED) from error
    if "FunctionError" in response:
        raise _function_failed(text, _FAILED, {})
    return _value(text)


def _function_failed(payload: str, event: str, details: dict[str, Any]) -> StateFailed:
    """A function's error has the name of its class; Lambda's own may have none."""
    value = _value(payload)
    error = value.get("errorType") if isinstance(value, dict) else None
    if error is None:
        cause = (
            "The cause could not be determined because Lambda did not return an error type. "
            f"Returned payload: {payload}"
        )
        return StateFailed("Lambda.Unknown", cause, event, details)
    return StateFailed(str(error), payload, event, details)


def _sent(payload: Any) -> bytes:
    """JSON; text that is JSON already is sent as it is."""
    if isinstance(payload, str) and _is_json(payload):
        return payload.encode()
    return to_text(payload).encode()


def _is_json(text: str) -> bool:
    try:
        json.loads(text)
    except ValueError:
        return False
    return True


def _value(text: str) -> Any:
    return json.loads(text) if _is_json(text) else text


def _compact(payload: str) -> str:
    return to_text(_value(payload)) if _is_json(payload) else payload
