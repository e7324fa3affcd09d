"""Tells topics how the invocation of an asynchronous endpoint has ended, once they were tried.

The messages are those of the developer guide, "Check prediction results" and "Create endpoint".
"""

from __future__ import annotations

import json
import logging
from datetime import UTC, datetime
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.region import Region

_logger = logging.getLogger(__name__)


class TopicOutOfReach(Exception):
    """A topic that cannot be told; the text is the endpoint's FailureReason."""


def try_topics(region: Region, config: Document | None) -> None:
    """Send the test message to each topic of an AsyncInferenceConfig; None has none.

    Raises:
        TopicOutOfReach: in the words that were seen (aws/amazon-sagemaker-examples#4461).
    """
    topics = ((config or {}).get("OutputConfig") or {}).get("NotificationConfig") or {}
    message = {
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "TestNotification",
    }
    for topic in dict.fromkeys(topics.values()):
        try:
            _publish(region, topic, message)
        except (ClientError, BotoCoreError) as fault:
            raise TopicOutOfReach(
                f"The provided role '{region.role}' is invalid. Please ensure the role exists, "
                'that its trust relationship policy allows the action "sts:AssumeRole" for the '
                'service principal "sagemaker.amazonaws.com", and has "sns:Publish" permissions '
                f'for topic "{topic}".'
            ) from fault


def notify(region: Region, config: Document, result: Document, received: datetime) -> None:
    """Publish the result to the topic that a NotificationConfig has for it, if it has one."""
    failed = result["invocationStatus"] == "Failed"
    topic = config.get("ErrorTopic" if failed else "SuccessTopic")
    if topic is None:
        return
    message = {
        "awsRegion": region.name,
        "eventTime": _text(datetime.now(UTC)),
        "receivedTime": _text(received),
        **result,
        "eventVersion": "1.0",
        "eventSource": "aws:sagemaker",
        "eventName": "InferenceResult",
    }
    try:
        _publish(region, topic, message)
    except (ClientError, BotoCoreError) as fault:
        _logger.warning("Topic %s is not told of an inference: %s", topic, fault)


def _publish(region: Region, topic: str, message: Any) -> None:
    region.sns.publish(TopicArn=topic, Message=json.dumps(message))


def _text(time: datetime) -> str:
    return f"{time:%Y-%m-%dT%H:%M:%S}.{time.microsecond // 1000:03d}Z"
