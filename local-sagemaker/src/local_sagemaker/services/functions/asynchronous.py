"""Asynchronous (Event) invocations: tried again, then handed to what keeps failed events.

Developer guide, "How Lambda handles errors and retries with asynchronous invocation" and
"Capturing records of Lambda asynchronous invocations".
"""

from __future__ import annotations

import json
import logging
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.services.events import bus
from local_sagemaker.services.functions.invocation import Invocation
from local_sagemaker.services.targets import Sender, send, service_of

_PAUSES_SECONDS = (1, 2)  # Lambda's are in minutes
_ERROR_MESSAGE_BYTES = 1024
_logger = logging.getLogger(__name__)


def run(function: Any, event: Any, attempt: Callable[[str], Invocation]) -> None:
    """Invoke until it succeeds, three times at most, unless MaximumRetryAttempts says fewer.

    `attempt` takes the request id, which stays the same. What came of it goes to the destination
    of the function's EventInvokeConfig, and a failed event to its dead-letter queue or topic.
    """
    config: dict[str, Any] = (
        function.event_invoke_config[0].config if function.event_invoke_config else {}
    )
    request_id, attempts = str(uuid.uuid4()), 1
    invocation = attempt(request_id)
    for pause in _PAUSES_SECONDS[: config.get("MaximumRetryAttempts", len(_PAUSES_SECONDS))]:
        if not invocation.failed:
            break
        time.sleep(pause)
        attempts += 1
        invocation = attempt(request_id)
    side = "OnFailure" if invocation.failed else "OnSuccess"
    destination = config.get("DestinationConfig", {}).get(side, {}).get("Destination")
    try:
        if destination:
            _send_record(function, destination, _record(function, event, invocation, attempts))
        if invocation.failed and function.dead_letter_arn:
            _send_dead_letter(function, event, invocation)
    except (ClientError, BotoCoreError) as fault:
        _logger.warning("What came of %s is lost: %s", function.function_name, fault)


def _record(function: Any, event: Any, invocation: Invocation, attempts: int) -> dict[str, Any]:
    context: dict[str, Any] = {"statusCode": 200, "executedVersion": "$LATEST"}
    if invocation.failed:
        context["functionError"] = "Unhandled"
    now = datetime.now(UTC)
    return {
        "version": "1.0",
        "timestamp": f"{now:%Y-%m-%dT%H:%M:%S}.{now.microsecond // 1000:03d}Z",
        "requestContext": {
            "requestId": invocation.request_id,
            "functionArn": f"{function.function_arn}:$LATEST",
            "condition": "RetriesExhausted" if invocation.failed else "Success",
            "approximateInvokeCount": attempts,
        },
        "requestPayload": event,
        "responseContext": context,
        "responsePayload": _value(invocation.payload),
    }


def _value(payload: str) -> Any:
    """Text that is no JSON as it is: a function may answer with any bytes."""
    try:
        return json.loads(payload)
    except ValueError:
        return payload


def _send_record(function: Any, destination: str, record: dict[str, Any]) -> None:
    if service_of(destination) == "events":
        ending = "Success" if record["requestContext"]["condition"] == "Success" else "Failure"
        bus.publish(
            "lambda",
            f"Lambda Function Invocation Result - {ending}",
            record,
            region=function.region,
            resources=[destination, record["requestContext"]["functionArn"]],
        )
    else:
        send(Sender("lambda", function.role), destination, json.dumps(record))


def _send_dead_letter(function: Any, event: Any, invocation: Invocation) -> None:
    message = json.loads(invocation.payload).get("errorMessage", "")
    attributes = {
        "RequestID": {"DataType": "String", "StringValue": invocation.request_id},
        "ErrorCode": {"DataType": "Number", "StringValue": "200"},
        "ErrorMessage": {
            "DataType": "String",
            "StringValue": message[:_ERROR_MESSAGE_BYTES] or "Unhandled",
        },
    }
    sender = Sender("lambda", function.role)
    send(sender, function.dead_letter_arn, json.dumps(event), MessageAttributes=attributes)
