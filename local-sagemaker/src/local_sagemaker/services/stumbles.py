"""Operations in which moto stumbles over a request that AWS refuses, and AWS's error for each."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from moto.awslambda.exceptions import GenericResourcNotFound
from moto.awslambda.models import LambdaFunction
from moto.iam.exceptions import InvalidInput
from moto.iam.models import IAMBackend
from moto.logs.exceptions import ValidationException
from moto.logs.models import LogsBackend
from moto.s3.exceptions import InvalidArgumentError, MissingVersion
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response
from moto.sqs.exceptions import InvalidAttributeName
from moto.sqs.responses import SQSResponse

from local_sagemaker.services.patching import replace
from local_sagemaker.services.refused_stumbles import refuse_stumble

_DESTINATIONS = ("s3", "logs", "firehose")
# SetQueueAttributes of SQS's API Reference; what else a queue has is counted by SQS.
_QUEUE_ATTRIBUTES = frozenset(
    {"ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue",
     "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "MaximumMessageSize",
     "MessageRetentionPeriod", "Policy", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy",
     "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout"}
)  # fmt: skip


def install() -> None:
    refuse_stumble(IAMBackend, "create_service_linked_role", IndexError, _no_service)
    refuse_stumble(S3Backend, "delete_object_tagging", AttributeError, MissingVersion)
    update_url = LambdaFunction.update_url_config
    put_destination = LogsBackend.put_delivery_destination

    def update_url_config(function: Any, config: dict[str, Any]) -> Any:
        if function.url_config is None:
            raise GenericResourcNotFound
        return update_url(function, config)

    def put_delivery_destination(logs: Any, **named: Any) -> Any:
        arn = (named["delivery_destination_configuration"] or {}).get("destinationResourceArn", "")
        if [*arn.split(":"), "", "", ""][2] not in _DESTINATIONS:
            raise ValidationException(f"Invalid destinationResourceArn: {arn!r}")
        return put_destination(logs, **named)

    for name in ("copy_object", "upload_part_copy"):
        _require_copy_source(name)
    for name in ("create_queue", "set_queue_attributes"):
        _require_attributes_to_set(name)
    replace(LambdaFunction, "update_url_config", update_url_config)
    replace(LogsBackend, "put_delivery_destination", put_delivery_destination)


def _no_service() -> InvalidInput:
    return InvalidInput("AWSServiceName is not the name of a service, such as x.amazonaws.com")


def _require_copy_source(name: str) -> None:
    """Raise S3's refusal where the source of a copy is not a bucket and a key."""
    copy = getattr(S3Response, name)

    def copying(request: Any) -> Any:
        source = request.headers.get("x-amz-copy-source", "")
        bucket, _, key = unquote(urlsplit(source).path).lstrip("/").partition("/")
        if not bucket or not key:
            words = "Copy Source must mention the source bucket and key: sourcebucket/sourcekey"
            raise InvalidArgumentError(words, "x-amz-copy-source", source)
        return copy(request)

    replace(S3Response, name, copying)


def _require_attributes_to_set(name: str) -> None:
    """Raise SQS's refusal of an attribute that it does not have, or that only it may set."""
    ask = getattr(SQSResponse, name)

    def asking(request: Any) -> Any:
        for attribute in request._get_param("Attributes", {}):
            if attribute not in _QUEUE_ATTRIBUTES:
                raise InvalidAttributeName(attribute)
        return ask(request)

    replace(SQSResponse, name, asking)
