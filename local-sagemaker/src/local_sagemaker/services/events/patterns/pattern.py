"""An event pattern: the fields that it names, and what their values have to be like."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Any

from local_sagemaker.services.events.patterns.errors import PatternError
from local_sagemaker.services.events.patterns.match_types import ABSENT, Matches, match_of

Pattern = Callable[[Any], bool]
"""Takes an event, or the part of one that a part of a pattern is about."""

_OR = "$or"


@lru_cache(maxsize=1000)
def read_pattern(text: str) -> Pattern:
    """The pattern that a text says.

    Raises:
        PatternError: in the words of EventBridge.
    """
    try:
        given = json.loads(text)
    except ValueError as fault:
        raise PatternError("Invalid JSON") from fault
    if not isinstance(given, dict):
        raise PatternError("Filter is not an object")
    pattern = _all_of(given)
    return lambda event: pattern(_without_dots(event))


def _without_dots(event: Any) -> Any:
    """The event with a.b as b in a, which are the same field."""
    if isinstance(event, list):
        return [_without_dots(each) for each in event]
    if not isinstance(event, dict):
        return event
    fields: dict[str, Any] = {}
    for name, value in event.items():
        first, dot, rest = name.partition(".")
        part = _without_dots({rest: value} if dot else value)
        known = fields.get(first)
        both = isinstance(known, dict) and isinstance(part, dict)
        fields[first] = known | part if both else part
    return fields


def _all_of(given: dict[str, Any]) -> Pattern:
    if not given:
        raise PatternError("Empty objects are not allowed")
    parts = [_part(name, value) for name, value in given.items()]
    return lambda event: all(part(event) for part in parts)


def _part(name: str, value: Any) -> Pattern:
    first, dot, rest = name.partition(".")
    if dot:
        return _part(first, {rest: value})
    if name == _OR and _is_choice(value):
        choices = [_all_of(each) for each in value]
        return lambda event: any(choice(event) for choice in choices)
    if isinstance(value, dict):
        inner = _all_of(value)
        return lambda event: any(inner(each) for each in _objects(event, name))
    if not isinstance(value, list):
        raise PatternError(f'"{name}" must be an object or an array')
    if not value:
        raise PatternError("Empty arrays are not allowed")
    matches = [match_of(each) for each in value]
    return lambda event: _holds(matches, list(_values(event, name)))


def _is_choice(value: Any) -> bool:
    """A list of two objects or more; anything else is a field of that name."""
    return (
        isinstance(value, list) and len(value) > 1 and all(isinstance(each, dict) for each in value)
    )


def _holds(matches: list[Matches], values: list[Any]) -> bool:
    return any(match(value) for match in matches for value in values or [ABSENT])


def _objects(event: Any, name: str) -> Iterator[Any]:
    """What is below a field: an object, or each of a list; nothing is an object without fields."""
    found = event.get(name, {}) if isinstance(event, dict) else {}
    yield from found if isinstance(found, list) else [found]


def _values(event: Any, name: str) -> Iterator[Any]:
    """The values of a field, those of a list one by one."""
    found = event.get(name, ABSENT) if isinstance(event, dict) else ABSENT
    for each in found if isinstance(found, list) else [found]:
        if each is not ABSENT and not isinstance(each, dict):
            yield each
