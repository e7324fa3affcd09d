"""Puts our event patterns into moto's EventBridge: of rules, archives and TestEventPattern."""

from __future__ import annotations

import json
from typing import Any

from moto.events.exceptions import InvalidEventPatternException, ValidationException
from moto.events.models import EventPattern
from moto.events.responses import EventsHandler

from local_sagemaker.services.events.delivered import as_delivered
from local_sagemaker.services.events.patterns.errors import PatternError
from local_sagemaker.services.events.patterns.pattern import Pattern, read_pattern
from local_sagemaker.services.patching import replace

# TestEventPattern of the EventBridge API reference.
_MEMBERS = ("id", "account", "source", "time", "region", "resources", "detail-type")


def install() -> None:
    def load(kind: Any, text: str | None) -> EventPattern:
        if text:
            _read(text)
        return EventPattern(text, json.loads(text) if text else {})

    def matches_event(pattern: Any, event: dict[str, Any]) -> bool:
        text = pattern.dump()
        return not text or _read(text)(as_delivered(event))

    def answer_test(request: Any) -> str:
        pattern = _read(request._get_param("EventPattern"))
        return json.dumps({"Result": pattern(_event(request._get_param("Event")))})

    replace(EventPattern, "load", classmethod(load))
    replace(EventPattern, "matches_event", matches_event)
    replace(EventsHandler, "test_event_pattern", answer_test)


def _read(text: str) -> Pattern:
    try:
        return read_pattern(text)
    except PatternError as fault:
        raise InvalidEventPatternException(reason=str(fault)) from fault


def _event(text: str) -> dict[str, Any]:
    try:
        event = json.loads(text)
    except ValueError as fault:
        raise ValidationException("Parameter Event is not valid.") from fault
    if not isinstance(event, dict) or any(member not in event for member in _MEMBERS):
        raise ValidationException("Parameter Event is not valid.")
    return event
