"""The services that tasks call."""

from __future__ import annotations

from functools import cache

from local_sagemaker.stepfunctions.definition.sdk_services import boto3_service
from local_sagemaker.stepfunctions.tasks import attribute_values, child_execution, sagemaker_job
from local_sagemaker.stepfunctions.tasks.lambda_task import invoke
from local_sagemaker.stepfunctions.tasks.messages import publish, send_message
from local_sagemaker.stepfunctions.tasks.put_events import put_events
from local_sagemaker.stepfunctions.tasks.resource import Resource
from local_sagemaker.stepfunctions.tasks.service import (
    Service,
    result_by_sdk_2,
)

_OPTIMISED = {
    "dynamodb": Service("dynamodb", attribute_values.call, read=attribute_values.typed),
    "events": Service("events", put_events),
    "lambda": Service("lambda", invoke),
    "sagemaker": Service(
        "sagemaker",
        sagemaker_job.create,
        watch=sagemaker_job.SageMakerJob,
        takes_json_for_text=False,
    ),
    "sns": Service("sns", publish, any_json=("Message",)),
    "sqs": Service("sqs", send_message, any_json=("MessageBody",)),
    "states": Service(
        "stepfunctions",
        child_execution.start_execution,
        watch=child_execution.ChildExecution,
        any_json=("Input",),
        more_faults=child_execution.field_faults,
    ),
}


@cache
def service_of(resource: Resource) -> Service:
    """Raises ValueError for one that local AWS does not call; no definition has it."""
    if resource.kind == "aws-sdk" and (name := boto3_service(resource.service)):
        return Service(name, result_by_sdk_2)
    if resource.service not in _OPTIMISED:
        raise ValueError(f"Local AWS does not run {resource.arn}")
    return _OPTIMISED[resource.service]
