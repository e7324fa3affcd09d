"""Prefixes of names, which moto takes for regular expressions.

`.` would stand for anything, `(` be an error, and a text of the right form keep the server busy for
hours.
"""

from __future__ import annotations

import re
from typing import Any

from moto.events.models import EventsBackend
from moto.sqs.models import SQSBackend

from local_sagemaker.services.patching import replace


def install() -> None:
    queues_like, rules_like = SQSBackend.list_queues, EventsBackend.list_rules

    def list_queues(sqs: Any, queue_name_prefix: str | None) -> Any:
        return queues_like(sqs, re.escape(queue_name_prefix or ""))

    def list_rules(events: Any, prefix: str | None = None, **named: Any) -> Any:
        return rules_like(events, prefix=re.escape(prefix or ""), **named)

    replace(SQSBackend, "list_queues", list_queues)
    replace(EventsBackend, "list_rules", list_rules)
