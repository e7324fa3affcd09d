"""`sqs:sendMessage` and `sns:publish`, whose message may be any JSON."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.service import Call, result_by_sdk_1

_OURS = ("localhost", "127.0.0.1")


def send_message(call: Call) -> Any:
    """The SDK sends to the host of the queue's URL: one of nobody is nowhere."""
    url = str(call.parameters.get("QueueUrl"))
    host = urlsplit(url).hostname or url
    ours = urlsplit(call.client.meta.endpoint_url).hostname
    if host not in (ours, *_OURS) and not host.endswith(".amazonaws.com"):
        cause = f"Unable to execute HTTP request: {host}: Name or service not known"
        details = call.resource.said_in_events
        raise StateFailed("SQS.SdkClientException", cause, "TaskFailed", details)
    return _sent(call, "MessageBody")


def publish(call: Call) -> Any:
    return _sent(call, "Message")


def _sent(call: Call, member: str) -> Any:
    message = call.parameters.get(member)
    text = message if message is None or isinstance(message, str) else to_text(message)
    return result_by_sdk_1(call.with_parameters(**{member: text}))
