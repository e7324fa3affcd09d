"""What there is to know of a service that tasks call."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Protocol

from botocore import xform_name
from botocore.model import OperationModel

from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.stepfunctions.tasks.api_values import capital, of_api, of_task
from local_sagemaker.stepfunctions.tasks.json_values import http_metadata, to_json
from local_sagemaker.stepfunctions.tasks.parameter_faults import shape_faults
from local_sagemaker.stepfunctions.tasks.resource import Resource
from local_sagemaker.stepfunctions.tasks.task import TaskRequest


class Job(Protocol):
    """What a `.sync` task waits for. `look_seconds` are between two looks."""

    look_seconds: float

    def look(self) -> Any:
        """The task's output; None while it runs. Raises StateFailed for one that went wrong."""

    def stop(self) -> None:
        """For a task that ends before. Raises ClientError, for one that has ended too."""


@dataclass(frozen=True)
class Call:
    """One call of a task. `parameters` are as the definition has them."""

    client: Any
    boto3_name: str
    resource: Resource
    request: TaskRequest
    parameters: dict[str, Any]

    @property
    def operation(self) -> OperationModel:
        return operation_of(self.boto3_name, self.resource.action)

    def answer(self) -> dict[str, Any]:
        """boto3's. Raises ClientError and BotoCoreError."""
        given = of_api(self.parameters, self.operation.input_shape)
        return self.send(_content_type(given, self.operation) | given)

    def with_parameters(self, **parameters: Any) -> Call:
        return replace(self, parameters=self.parameters | parameters)

    def send(self, request: dict[str, Any]) -> dict[str, Any]:
        response: dict[str, Any] = getattr(self.client, xform_name(self.operation.name))(**request)
        return response


Watch = Callable[[Call, Any], Job]


def operation_of(boto3_name: str, action: str) -> OperationModel:
    """Of an action, which begins with a small letter as in a task's resource."""
    return service_model(boto3_name).operation_model(capital(action))


def result_by_sdk_1(call: Call) -> Any:
    """The answer as an optimised integration gives it."""
    response = call.answer()
    members = to_json(_members(response, call.operation), times="milliseconds")
    return dict(sorted({**members, **http_metadata(response)}.items()))


def result_by_sdk_2(call: Call) -> Any:
    """The answer as an `aws-sdk` integration gives it."""
    return to_json(_members(call.answer(), call.operation))


def _content_type(given: dict[str, Any], operation: OperationModel) -> dict[str, str]:
    """That of a stream for which none is given: AWS's SDK for Java sends it as text (recorded)."""
    shape: Any = operation.input_shape
    is_sent = operation.has_streaming_input and shape.serialization["payload"] in given
    if not is_sent or "ContentType" not in shape.members:
        return {}
    return {"ContentType": "text/plain; charset=UTF-8"}


def _members(response: dict[str, Any], operation: OperationModel) -> Any:
    """Those of an answer; an operation that answers nothing has none."""
    shape = operation.output_shape
    return {} if shape is None else of_task(response, shape)


def _none(_parameters: dict[str, Any]) -> list[str]:
    return []


@dataclass(frozen=True)
class Service:
    """`call` gives a task's result, `watch` what a `.sync` task waits for after that.

    `any_json` are members of a request for which a task may give any JSON where the API has text;
    with `takes_json_for_text` an object or array may stand for text anywhere. `read` gives
    parameters in the types of the API that a task may give in others.
    """

    boto3_name: str
    call: Callable[[Call], Any]
    watch: Watch | None = None
    any_json: tuple[str, ...] = ()
    more_faults: Callable[[dict[str, Any]], list[str]] = _none
    takes_json_for_text: bool = True
    read: Callable[[dict[str, Any]], dict[str, Any]] = dict

    def faults(self, action: str, parameters: dict[str, Any]) -> list[str]:
        """What keeps the task from starting."""
        typed = {name: value for name, value in parameters.items() if name not in self.any_json}
        shape = operation_of(self.boto3_name, action).input_shape
        found = shape_faults(self.read(typed), shape, texts=self.takes_json_for_text)
        return self.more_faults(parameters) or list(found)
