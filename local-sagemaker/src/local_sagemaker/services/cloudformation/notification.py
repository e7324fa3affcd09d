"""The topics that hear of a stack's events."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable
from typing import Any

from botocore.exceptions import ClientError

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.cloudformation.errors import ValidationError

_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+")
_logger = logging.getLogger(__name__)


def check_topics(arns: Iterable[str]) -> None:
    """Raises ValidationError for what is no ARN of a topic."""
    for arn in arns:
        if not _TOPIC.fullmatch(arn):
            raise ValidationError(f"NotificationARNs: {arn[:200]!r} is no ARN of a topic")


def notify(topics: Iterable[str], event: dict[str, Any], region: str) -> None:
    """In lines such as ResourceStatus='CREATE_COMPLETE', as CloudFormation writes them."""
    lines = [f"{name}='{'' if value is None else value}'" for name, value in event.items()]
    message = {"Message": "\n".join(lines) + "\n", "Subject": "AWS CloudFormation Notification"}
    for topic in topics:
        try:
            client_of("cloudformation", "sns", region).publish(TopicArn=topic, **message)
        except ClientError as error:  # somebody has deleted it
            _logger.warning("%s hears of no events: %s", topic, error)
