"""Puts real delivery to Lambda functions into moto's SNS."""

from __future__ import annotations

import json
import logging
from typing import Any

from moto.sns.models import Subscription

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.patching import replace
from local_sagemaker.services.targets import region_of

_logger = logging.getLogger(__name__)


def install() -> None:
    publish_by_moto = Subscription.publish

    def publish(
        subscription: Any, message: str, message_id: str, subject: str | None = None, **named: Any
    ) -> None:
        if subscription.protocol == "lambda":
            _invoke(subscription, message, message_id, subject, **named)
            return
        if subscription.protocol.startswith("email"):
            _logger.info("Mail to %s: %s: %s", subscription.endpoint, subject, message)
        publish_by_moto(subscription, message, message_id, subject=subject, **named)

    replace(Subscription, "publish", publish)


def _invoke(
    subscription: Any,
    message: str,
    message_id: str,
    subject: str | None,
    message_attributes: dict[str, Any] | None = None,
    message_structure: str | None = None,
    **_fifo: Any,
) -> None:
    matcher = subscription._filter_policy_matcher
    if matcher is not None and not matcher.matches(message_attributes, message):
        return
    if message_structure == "json":
        message = subscription._parse_message_structure(message, "lambda")
    posted = subscription.get_post_data(message, message_id, subject, message_attributes)
    record = {
        "EventSource": "aws:sns",
        "EventVersion": "1.0",
        "EventSubscriptionArn": subscription.arn,
        "Sns": {"Subject": None, "MessageAttributes": {}}
        | {name.replace("URL", "Url"): value for name, value in posted.items()},
    }
    client_of("notifications", "lambda", region_of(subscription.endpoint)).invoke(
        FunctionName=subscription.endpoint,
        InvocationType="Event",
        Payload=json.dumps({"Records": [record]}),
    )
