"""Operations in which moto stumbles over a request that AWS refuses, and AWS's error for each."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import unquote, urlsplit

from moto.awslambda.exceptions import GenericResourcNotFound
from moto.awslambda.models import LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.events.exceptions import InvalidEventPatternException
from moto.events.models import EventPatternParser, EventsBackend
from moto.iam.exceptions import InvalidInput
from moto.iam.models import IAMBackend
from moto.logs.exceptions import ValidationException
from moto.logs.models import LogsBackend
from moto.s3.exceptions import InvalidArgumentError, MissingVersion
from moto.s3.models import S3Backend
from moto.s3.responses import S3Response
from moto.sqs.exceptions import InvalidAttributeName
from moto.sqs.models import SQSBackend
from moto.sqs.responses import SQSResponse

from local_sagemaker.services.patching import replace

_DESTINATIONS = ("s3", "logs", "firehose")
# SetQueueAttributes of SQS's API Reference; what else a queue has is counted by SQS.
_QUEUE_ATTRIBUTES = frozenset(
    {"ContentBasedDeduplication", "DeduplicationScope", "DelaySeconds", "FifoQueue",
     "FifoThroughputLimit", "KmsDataKeyReusePeriodSeconds", "KmsMasterKeyId", "MaximumMessageSize",
     "MessageRetentionPeriod", "Policy", "ReceiveMessageWaitTimeSeconds", "RedriveAllowPolicy",
     "RedrivePolicy", "SqsManagedSseEnabled", "VisibilityTimeout"}
)  # fmt: skip


def install() -> None:
    _answer(EventPatternParser, "parse", AttributeError, InvalidEventPatternException)
    _answer(S3Backend, "delete_object_tagging", AttributeError, MissingVersion)
    update_url = LambdaFunction.update_url_config
    put_destination = LogsBackend.put_delivery_destination
    queues_like, rules_like = SQSBackend.list_queues, EventsBackend.list_rules
    create_linked_role = IAMBackend.create_service_linked_role

    def update_url_config(function: Any, config: dict[str, Any]) -> Any:
        if function.url_config is None:
            raise GenericResourcNotFound
        return update_url(function, config)

    def put_delivery_destination(logs: Any, **named: Any) -> Any:
        arn = (named["delivery_destination_configuration"] or {}).get("destinationResourceArn", "")
        if [*arn.split(":"), "", "", ""][2] not in _DESTINATIONS:
            raise ValidationException(f"Invalid destinationResourceArn: {arn!r}")
        return put_destination(logs, **named)

    def invoke_async(request: Any) -> Any:
        """InvokeAsync is Invoke of the type Event (Lambda's API Reference)."""
        name, headers = request._get_param("FunctionName"), {"X-Amz-Invocation-Type": "Event"}
        return 202, {"status": 202}, request.backend.invoke(name, None, request.body, headers, {})

    def create_service_linked_role(iam: Any, service_name: str, *named: Any) -> Any:
        if not service_name.endswith(".amazonaws.com") or service_name.count(".") < 2:
            raise InvalidInput(f"{service_name} is not the name of a service")
        return create_linked_role(iam, service_name, *named)

    for name in ("copy_object", "upload_part_copy"):
        _require_copy_source(name)

    def list_queues(sqs: Any, queue_name_prefix: str | None) -> Any:
        return queues_like(sqs, re.escape(queue_name_prefix or ""))

    def list_rules(events: Any, prefix: str | None = None, **named: Any) -> Any:
        return rules_like(events, prefix=re.escape(prefix or ""), **named)

    for name in ("create_queue", "set_queue_attributes"):
        _require_attributes_to_set(name)
    replace(SQSBackend, "list_queues", list_queues)
    replace(EventsBackend, "list_rules", list_rules)
    replace(IAMBackend, "create_service_linked_role", create_service_linked_role)
    replace(LambdaFunction, "update_url_config", update_url_config)
    replace(LambdaResponse, "invoke_async", invoke_async)
    replace(LogsBackend, "put_delivery_destination", put_delivery_destination)


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


def _answer(owner: Any, name: str, stumble: Any, refusal: Callable[[], Exception]) -> None:
    """Raise the refusal where moto's method comes to `stumble`."""
    method = getattr(owner, name)

    @wraps(method)
    def refusing(*given: Any, **named: Any) -> Any:
        try:
            return method(*given, **named)
        except stumble as fault:
            raise refusal() from fault

    replace(owner, name, refusing)
