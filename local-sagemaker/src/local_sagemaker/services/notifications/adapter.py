"""Puts real delivery to Lambda functions into moto's SNS, and SNS's own words and signatures."""

from __future__ import annotations

import json
import logging
from typing import Any

from moto.sns.models import Subscription

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.services.notifications import published, signatures, undelivered
from local_sagemaker.services.patching import replace
from local_sagemaker.services.permissions.service_access import check_admits
from local_sagemaker.services.targets import region_of

_logger = logging.getLogger(__name__)


def install() -> None:
    publish_by_moto = Subscription.publish

    def publish(
        subscription: Any, message: str, message_id: str, subject: str | None = None, **named: Any
    ) -> None:
        try:
            deliver(subscription, message, message_id, subject, **named)
        except Exception:  # whatever the subscriber says to it: others are told nevertheless
            undelivered.keep(subscription, message, message_id, subject)

    def deliver(
        subscription: Any, message: str, message_id: str, subject: str | None, **named: Any
    ) -> None:
        if subscription.protocol == "lambda":
            _invoke(subscription, message, message_id, subject, **named)
            return
        if subscription.protocol == "sqs":
            topic, queue = subscription.topic.arn, subscription.endpoint
            check_admits(undelivered.SNS, "sqs:SendMessage", queue, topic)
        if subscription.protocol.startswith("email"):
            _logger.info("Mail to %s: %s: %s", subscription.endpoint, subject, message)
        publish_by_moto(subscription, message, message_id, subject=subject, **named)

    replace(Subscription, "publish", publish)
    published.install()
    signatures.install()


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
    endpoint = subscription.endpoint
    check_admits(undelivered.SNS, "lambda:InvokeFunction", endpoint, subscription.topic.arn)
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
    client_of("notifications", "lambda", region_of(endpoint)).invoke(
        FunctionName=endpoint,
        InvocationType="Event",
        Payload=json.dumps({"Records": [record]}),
    )
