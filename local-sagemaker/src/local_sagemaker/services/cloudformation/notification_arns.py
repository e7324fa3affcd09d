"""The topics that hear of a stack's events.

moto fails with every event of a stack one of whose topics is none, so that nobody can delete it.
"""

from __future__ import annotations

import logging
import re
from typing import Any

from moto.cloudformation.exceptions import ValidationError
from moto.cloudformation.models import CloudFormationBackend, Event
from moto.sns.exceptions import SNSException

from local_sagemaker.services.patching import replace

_TOPIC = re.compile(r"arn:aws[a-z-]*:sns:[a-z0-9-]+:\d{12}:[\w-]+")
_logger = logging.getLogger(__name__)


def install() -> None:
    for name in ("create_stack", "create_change_set"):
        _refuse_what_is_no_topic(name)
    send = Event.sendToSns

    def send_to_those_there(event: Any, account: str, region: str, topics: list[str]) -> None:
        for topic in topics:
            try:
                send(event, account, region, [topic])
            except SNSException:  # somebody has deleted it
                _logger.warning("%s hears of no events: there is no such topic", topic)

    replace(Event, "sendToSns", send_to_those_there)


def _refuse_what_is_no_topic(name: str) -> None:
    make = getattr(CloudFormationBackend, name)

    def make_with_topics(backend: Any, *given: Any, **named: Any) -> Any:
        for arn in named.get("notification_arns") or ():
            if not _TOPIC.fullmatch(arn):
                raise ValidationError(
                    message=f"NotificationARNs: {arn[:200]!r} is no ARN of a topic"
                )
        return make(backend, *given, **named)

    replace(CloudFormationBackend, name, make_with_topics)
