"""`arn:aws:states:::aws-sdk:...` tasks: AWS's error names and JSON results."""

from __future__ import annotations

import re
from typing import Any

import botocore.session
from moto.stepfunctions.parser.asl.component.state.exec.state_task.service.state_task_service_aws_sdk import (  # noqa: E501
    StateTaskServiceAwsSdk,
)

from local_aws.stepfunctions.json_values import to_json

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
_SDK_NAMES = {
    "applicationautoscaling": "application-autoscaling",
    "sfn": "stepfunctions",
    "states": "stepfunctions",
}


def install() -> None:
    call_service = StateTaskServiceAwsSdk._eval_service_task

    def call_service_for_json(task: Any, env: Any, *arguments: Any, **named: Any) -> None:
        call_service(task, env, *arguments, **named)
        env.stack.append(to_json(env.stack.pop()))

    StateTaskServiceAwsSdk._eval_service_task = call_service_for_json
    StateTaskServiceAwsSdk._get_boto_service_name = lambda task: boto3_name(task.resource.api_name)
    StateTaskServiceAwsSdk._normalise_service_error_name = staticmethod(error_prefix)


def boto3_name(api_name: str) -> str:
    """The service of an `aws-sdk` resource as boto3 names its clients."""
    return _SDK_NAMES.get(api_name.lower(), api_name.lower())


def error_prefix(api_name: str) -> str:
    """The first part of an error's name, as the Java SDK spells the service: SageMaker, S3, Ssm."""
    model = botocore.session.get_session().get_service_model(boto3_name(api_name))
    return "".join(word.capitalize() for word in _WORD.findall(str(model.service_id)))
