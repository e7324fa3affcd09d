"""What a value of an event has to be like: equal to another, or of a match type such as prefix."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from local_sagemaker.services.events.patterns.addresses import addresses
from local_sagemaker.services.events.patterns.errors import PatternError
from local_sagemaker.services.events.patterns.numbers import is_number, number_range

Matches = Callable[[Any], bool]
"""Takes a value of the event, or ABSENT."""

ABSENT = object()
_CASELESS = "equals-ignore-case"
_MOST_WILDCARDS = 5  # how many are too complex is not published


def match_of(given: Any) -> Matches:
    """One item of a field's list. Raises PatternError."""
    if isinstance(given, list):
        raise PatternError("Match value must be String, number, true, false, or null")
    if not isinstance(given, dict):
        return lambda value: _equal(value, given)
    if len(given) != 1:
        raise PatternError("Only one key allowed in match expression")
    ((kind, argument),) = given.items()
    if kind not in _MATCH_TYPES:
        raise PatternError(f"Unrecognized match type {kind}")
    return _MATCH_TYPES[kind](argument)


def _equal(value: Any, given: Any) -> bool:
    """Numbers are equal by value; true is no number."""
    if is_number(given):
        return is_number(value) and bool(value == given)
    return type(value) is type(given) and bool(value == given)


def _edge(kind: str) -> Callable[[Any], Matches]:
    """prefix and suffix, also without regard to case."""

    def made(argument: Any) -> Matches:
        caseless = isinstance(argument, dict) and list(argument) == [_CASELESS]
        text = argument[_CASELESS] if caseless else argument
        if not isinstance(text, str):
            raise PatternError(f"{kind} match pattern must be a string")
        fold = str.lower if caseless else str
        return lambda value: isinstance(value, str) and _has_edge(kind, fold(value), fold(text))

    return made


def _has_edge(kind: str, value: str, text: str) -> bool:
    return value.startswith(text) if kind == "prefix" else value.endswith(text)


def _caseless(argument: Any) -> Matches:
    if not isinstance(argument, str):
        raise PatternError(f"{_CASELESS} match pattern must be a string")
    return lambda value: isinstance(value, str) and value.lower() == argument.lower()


def _wildcard(argument: Any) -> Matches:
    if not isinstance(argument, str):
        raise PatternError("wildcard match pattern must be a string")
    parts = re.findall(r"\\[*\\]|[^\\]|\\", argument, re.DOTALL)
    for place, pair in enumerate(pairwise(parts), start=1):
        if pair == ("*", "*"):
            raise PatternError(f"Consecutive wildcard characters at pos {place}")
    if parts.count("*") > _MOST_WILDCARDS:
        raise PatternError(
            "Rule is too complex - try using fewer wildcard characters or fewer repeating "
            "character sequences after a wildcard character"
        )
    pattern = "".join(".*" if part == "*" else re.escape(part[-1]) for part in parts)
    return lambda value: isinstance(value, str) and bool(re.fullmatch(pattern, value, re.DOTALL))


def _exists(argument: Any) -> Matches:
    if not isinstance(argument, bool):
        raise PatternError("exists match pattern must be either true or false.")
    return lambda value: (value is not ABSENT) == argument


def _anything_but(argument: Any) -> Matches:
    matches = _none_of(argument)
    return lambda value: value is not ABSENT and not any(match(value) for match in matches)


def _none_of(argument: Any) -> list[Matches]:
    """What no value may be like."""
    if isinstance(argument, dict) and len(argument) == 1:
        ((kind, excluded),) = argument.items()
        return _excluded(kind, excluded if isinstance(excluded, list) else [excluded])
    items = argument if isinstance(argument, list) else [argument]
    if not isinstance(argument, list) and not _is_text_or_number(argument):
        raise _no_list()
    if not all(map(_is_text_or_number, items)):
        raise PatternError("Inside anything but list, start|null|boolean is not supported.")
    return [match_of(each) for each in items]


def _excluded(kind: str, excluded: list[Any]) -> list[Matches]:
    if kind not in ("prefix", "suffix", _CASELESS, "wildcard"):
        raise PatternError(f"Unsupported anything-but pattern: {kind}")
    for each in excluded:
        if kind in ("prefix", "suffix"):
            if isinstance(each, dict):
                raise _no_list()
            if not isinstance(each, str):
                raise PatternError("prefix/suffix match pattern must be a string")
            if not each:
                raise PatternError("Null prefix/suffix not allowed")
        if kind == _CASELESS and not isinstance(each, str):
            raise PatternError(
                f"Inside anything-but/{_CASELESS} list, number|start|null|boolean is not supported."
            )
    return [_MATCH_TYPES[kind](each) for each in excluded]


def _no_list() -> PatternError:
    return PatternError("Value of anything-but must be an array or single string/number value.")


def _is_text_or_number(value: Any) -> bool:
    return isinstance(value, str) or is_number(value)


_MATCH_TYPES: dict[str, Callable[[Any], Matches]] = {
    "anything-but": _anything_but,
    "cidr": addresses,
    _CASELESS: _caseless,
    "exists": _exists,
    "numeric": number_range,
    "prefix": _edge("prefix"),
    "suffix": _edge("suffix"),
    "wildcard": _wildcard,
}
