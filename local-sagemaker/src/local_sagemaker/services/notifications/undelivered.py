"""What a subscriber did not take: for the dead-letter queue of its subscription, if there is one.

SNS has answered Publish by then (developer guide, "Amazon SNS dead-letter queues").
"""

from __future__ import annotations

import json
import logging
from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.services.targets import Sender, send

SNS = "sns.amazonaws.com"
_logger = logging.getLogger(__name__)


def keep(subscription: Any, message: str, message_id: str, subject: str | None) -> None:
    """To be called while the failure is handled, which the log then shows."""
    topic, endpoint = subscription.topic.arn, subscription.endpoint
    _logger.warning("Topic %s did not reach %s", topic, endpoint, exc_info=True)
    policy = json.loads(subscription.attributes.get("RedrivePolicy") or "{}")
    queue = policy.get("deadLetterTargetArn")
    if not queue:
        return
    notification = subscription.get_post_data(message, message_id, subject)
    try:
        sender = Sender("notifications", service=SNS, source=topic)
        send(sender, queue, json.dumps(notification))
    except (ClientError, BotoCoreError):
        _logger.exception("The dead-letter queue %s refused", queue)
