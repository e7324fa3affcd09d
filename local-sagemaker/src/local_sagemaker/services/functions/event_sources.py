"""Event source mappings: a queue's messages, in batches, to the function that they are for.

Developer guide, "Using Lambda with Amazon SQS": what the function has handled is deleted; what it
failed on comes back once its visibility timeout is over, and goes the way of the queue's redrive
policy. Streams are refused, and so are filters.
"""

from __future__ import annotations

import json
import logging
import threading
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError
from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import EventSourceMapping, LambdaBackend, lambda_backends
from moto.sqs.models import Queue, sqs_backends

from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.protocol.callers import PATIENT, client_of
from local_sagemaker.services.patching import replace
from local_sagemaker.services.targets import region_of, service_of

_WAIT_SECONDS = 2
_MOST_AT_A_TIME = 10
_logger = logging.getLogger(__name__)


def install() -> None:
    """moto hands over each message while its sender waits, and only with Docker."""
    create = LambdaBackend.create_event_source_mapping

    def create_and_poll(backend: LambdaBackend, spec: dict[str, Any]) -> EventSourceMapping:
        source = spec.get("EventSourceArn") or ""
        if service_of(source) != "sqs":
            raise _refused(
                f"Local AWS takes events from SQS queues, not from {source or 'others'}."
            )
        if spec.get("FilterCriteria"):
            raise _refused("Local AWS does not filter the events of event source mappings.")
        mapping = create(backend, spec)
        queue = sqs_backends[ACCOUNT][region_of(source)].queues[source.rpartition(":")[2]]
        queue.lambda_event_source_mappings.pop(mapping.function_arn, None)
        _check_timeouts(backend, mapping, queue)
        _begin(backend, mapping, queue.name)
        return mapping

    replace(LambdaBackend, "create_event_source_mapping", create_and_poll)


def resume() -> None:
    """Let all mappings that were loaded take messages."""
    for backends in lambda_backends.values():
        for backend in backends.values():
            for mapping in backend._event_source_mappings.values():
                _begin(backend, mapping, mapping.event_source_arn.rpartition(":")[2])


def _begin(backend: LambdaBackend, mapping: EventSourceMapping, queue: str) -> None:
    threading.Thread(target=_poll, args=(backend, mapping, queue), daemon=True).start()


def _check_timeouts(backend: LambdaBackend, mapping: EventSourceMapping, queue: Queue) -> None:
    function = backend.get_function(mapping.function_arn)
    hidden, timeout = int(queue.visibility_timeout), int(function.timeout)
    if hidden < timeout:
        backend.delete_event_source_mapping(mapping.uuid)
        raise _refused(
            f"Queue visibility timeout: {hidden} seconds is less than Function timeout: {timeout} "
            "seconds"
        )


def _poll(backend: LambdaBackend, mapping: EventSourceMapping, queue: str) -> None:
    """Until the mapping or the queue is deleted."""
    pause = threading.Event()
    anyone = client_of("lambda", "sqs", region_of(mapping.event_source_arn))
    url = ""
    while backend.get_event_source_mapping(mapping.uuid) is mapping:
        try:
            url = url or anyone.get_queue_url(QueueName=queue)["QueueUrl"]
            if mapping.enabled:
                _take_batch(backend, mapping, url)
            else:
                pause.wait(_WAIT_SECONDS)
        except ClientError as error:
            if "NonExistentQueue" in error.response["Error"]["Code"]:
                return
            _logger.warning("%s: %s", mapping.function_arn, error)
            pause.wait(_WAIT_SECONDS)
        except BotoCoreError:  # the server is about to end
            return


def _take_batch(backend: LambdaBackend, mapping: EventSourceMapping, url: str) -> None:
    """With the rights of the function's role ("Configuring permissions" of the same guide)."""
    role = backend.get_function(mapping.function_arn).role
    sqs = client_of("lambda", "sqs", region_of(mapping.event_source_arn), role=role)
    messages = sqs.receive_message(
        QueueUrl=url,
        MaxNumberOfMessages=min(mapping.batch_size, _MOST_AT_A_TIME),
        WaitTimeSeconds=_WAIT_SECONDS,
        AttributeNames=["All"],
        MessageAttributeNames=["All"],
    ).get("Messages", [])
    if not messages:
        return
    handles = {message["MessageId"]: message["ReceiptHandle"] for message in messages}
    if backend.get_event_source_mapping(mapping.uuid) is not mapping:
        for handle in handles.values():
            sqs.change_message_visibility(QueueUrl=url, ReceiptHandle=handle, VisibilityTimeout=0)
        return
    failed = _failed(mapping, [_record(message, mapping) for message in messages])
    for identity, handle in handles.items():
        if identity not in failed:
            sqs.delete_message(QueueUrl=url, ReceiptHandle=handle)


def _failed(mapping: EventSourceMapping, records: list[dict[str, Any]]) -> set[str]:
    """The message ids that the function did not handle: all, or those that it reports."""
    everything = {record["messageId"] for record in records}
    answer = client_of("lambda", "lambda", mapping.region, PATIENT).invoke(
        FunctionName=mapping.function_arn, Payload=json.dumps({"Records": records})
    )
    content = answer["Payload"].read()
    if "FunctionError" in answer:
        return everything
    if "ReportBatchItemFailures" not in (mapping.function_response_types or []):
        return set()
    return _reported(content, everything)


def _reported(content: bytes, everything: set[str]) -> set[str]:
    """The message ids of a partial batch response; all, if it has another form.

    Source: developer guide, "Success and failure conditions" of partial batch responses.
    """
    try:
        answer = json.loads(content)
        failures = (answer or {}).get("batchItemFailures") or []
        failed = {failure["itemIdentifier"] for failure in failures}
    except (ValueError, AttributeError, TypeError, KeyError):
        return everything
    return failed if failed <= everything else everything


def _record(message: dict[str, Any], mapping: EventSourceMapping) -> dict[str, Any]:
    attributes = {
        name: {
            "dataType": value["DataType"],
            "stringValue": value.get("StringValue"),
            "stringListValues": [],
            "binaryListValues": [],
        }
        for name, value in message.get("MessageAttributes", {}).items()
    }
    return {
        "messageId": message["MessageId"],
        "receiptHandle": message["ReceiptHandle"],
        "body": message["Body"],
        "attributes": message["Attributes"],
        "messageAttributes": attributes,
        "md5OfBody": message["MD5OfBody"],
        "eventSource": "aws:sqs",
        "eventSourceARN": mapping.event_source_arn,
        "awsRegion": mapping.region,
    }


def _refused(message: str) -> LambdaClientError:
    return LambdaClientError("InvalidParameterValueException", message)
