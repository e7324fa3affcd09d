"""`arn:aws:states:::aws-sdk:...` tasks: AWS's error names and JSON results."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from botocore.model import Shape
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (  # noqa: E501
    StateTaskServiceAwsSdk,
)

from local_sagemaker.protocol.service_models import service_model, service_names
from local_sagemaker.services.patching import replace
from local_sagemaker.services.stepfunctions.json_values import to_json
from local_sagemaker.services.stepfunctions.member_names import of_api, of_task

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# Services that the Java SDK, by which tasks name them, calls otherwise than boto3 does.
_SDK_NAMES = {
    "sfn": "stepfunctions",
    "states": "stepfunctions",
    "cloudwatchlogs": "logs",
    "eventbridge": "events",
}


def install() -> None:
    call_service = StateTaskServiceAwsSdk._eval_service_task

    def call_service_for_json(
        task: Any, env: Any, *, normalised_parameters: dict[str, Any], **named: Any
    ) -> None:
        taken, given = _shapes(task.resource.api_name, task.resource.api_action)
        request = of_api(normalised_parameters, taken)
        call_service(task, env=env, normalised_parameters=request, **named)
        env.stack.append(to_json(of_task(env.stack.pop(), given)))

    def boto3_name_of_task(task: Any, boto_service_name: str | None = None) -> str:
        return boto3_name(boto_service_name or task.resource.api_name)

    replace(StateTaskServiceAwsSdk, "_eval_service_task", call_service_for_json)
    replace(StateTaskServiceAwsSdk, "_get_boto_service_name", boto3_name_of_task)
    replace(StateTaskServiceAwsSdk, "_normalise_service_error_name", staticmethod(error_prefix))


@cache
def _shapes(api_name: str, action: str) -> tuple[Shape | None, Shape | None]:
    """What the call takes and gives; nothing for one that boto3 lacks, and then refuses."""
    name = action[:1].upper() + action[1:]
    service = boto3_name(api_name)
    if service not in service_names() or name not in service_model(service).operation_names:
        return None, None
    operation = service_model(service).operation_model(name)
    return operation.input_shape, operation.output_shape


@cache
def error_prefix(api_name: str) -> str:
    """The first part of an error's name, as the Java SDK spells the service: SageMaker, S3, Ssm."""
    model = service_model(boto3_name(api_name))
    return "".join(word.capitalize() for word in _WORD.findall(str(model.service_id)))


@cache
def boto3_name(api_name: str) -> str:
    """The service of `aws-sdk:applicationautoscaling` is boto3's application-autoscaling."""
    name = api_name.lower()
    known = service_names()
    return _SDK_NAMES.get(name) or {each.replace("-", ""): each for each in known}.get(name, name)
