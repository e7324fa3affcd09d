"""Errors of called services, by the names and in the words of AWS's Java SDKs.

Optimised integrations call with version 1 of it, `aws-sdk` ones with version 2. Both have a class
for each error that a service's model has, and one for all others.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.resource import Resource

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


@dataclass(frozen=True)
class _Sdk:
    """`prefix` of error names, the `service` that causes name, the class of errors of no model."""

    prefix: str
    service: str
    any_error: str


_OPTIMISED = {
    "dynamodb": _Sdk("DynamoDB", "AmazonDynamoDBv2", "AmazonDynamoDBException"),
    "events": _Sdk("EventBridge", "AmazonEventBridge", "AmazonEventBridgeException"),
    "lambda": _Sdk("Lambda", "AWSLambda", "AWSLambdaException"),
    "s3": _Sdk("S3", "Amazon S3", "AmazonS3Exception"),
    "sagemaker": _Sdk("SageMaker", "AmazonSageMaker", "AmazonSageMakerException"),
    "sns": _Sdk("SNS", "AmazonSNS", "AmazonSNSException"),
    "sqs": _Sdk("SQS", "AmazonSQS", "AmazonSQSException"),
    "states": _Sdk("StepFunctions", "AWSStepFunctions", "AWSStepFunctionsException"),
}


def failure_of(
    error: ClientError | BotoCoreError, resource: Resource, boto3_name: str, event: str
) -> StateFailed:
    """The failure of a task whose call was refused, or had no answer."""
    details: dict[str, Any] = {} if resource.kind == "function" else resource.said_in_events
    sdk = _sdk(resource, boto3_name)
    if isinstance(error, BotoCoreError):
        cause = f"Unable to execute HTTP request: {error}"
        return StateFailed(f"{sdk.prefix}.SdkClientException", cause, event, details)
    modelled = type(error) is not ClientError
    name = f"{type(error).__name__.removesuffix('Exception')}Exception"
    cause = _cause_2(error, sdk) if resource.kind == "aws-sdk" else cause_1(error, sdk.service)
    return StateFailed(f"{sdk.prefix}.{name if modelled else sdk.any_error}", cause, event, details)


def cause_1(error: ClientError, service: str) -> str:
    """A refusal as version 1 prints it; `service` is AmazonSageMaker, for instance."""
    answer, metadata = error.response["Error"], error.response["ResponseMetadata"]
    return (
        f"{answer.get('Message', '')} (Service: {service}; "
        f"Status Code: {metadata['HTTPStatusCode']}; Error Code: {answer.get('Code', '')}; "
        f"Request ID: {metadata.get('RequestId', '')}; Proxy: null)"
    )


def _cause_2(error: ClientError, sdk: _Sdk) -> str:
    """S3 has a second id for a request; where the local one sends none, the first stands for it."""
    answer, metadata = error.response["Error"], error.response["ResponseMetadata"]
    request_id = metadata.get("RequestId", "")
    ids = f"Request ID: {request_id}"
    if sdk.prefix == "S3":
        ids += f", Extended Request ID: {metadata.get('HostId') or request_id}"
    status = metadata["HTTPStatusCode"]
    return f"{answer.get('Message', '')} (Service: {sdk.service}, Status Code: {status}, {ids})"


def _sdk(resource: Resource, boto3_name: str) -> _Sdk:
    if resource.kind == "aws-sdk":
        prefix = _camel(boto3_name)
        return _Sdk(prefix, prefix, f"{prefix}Exception")
    return _OPTIMISED["lambda" if resource.kind == "function" else resource.service]


@cache
def _camel(boto3_name: str) -> str:
    """The service as version 2 spells it: SageMaker, S3, Ssm, DynamoDb."""
    service_id = str(service_model(boto3_name).service_id)
    return "".join(word.capitalize() for word in _WORD.findall(service_id))
