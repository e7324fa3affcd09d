"""Checks a request against the constraints of a service's own API description.

boto3 checks members, types and lower bounds before it sends; enums, patterns and upper bounds
are the service's to refuse, in the words of its framework: "1 validation error detected: Value
'...' at '...' failed to satisfy constraint: Member must ...".

A member that the operation does not have is refused too. The service most likely drops it; a
local run that did so would hide a misspelt member.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

from local_sagemaker.protocol.api_errors import SerializationException
from local_sagemaker.protocol.json_types import json_type_fault


def request_fault(shape: Any, request: Any) -> str:
    """Every constraint of an operation's input that is not met, in one message; empty for none.

    Raises:
        SerializationException: a value has another type than its member.
    """
    return _told(list(_faults(shape, request, "")) if shape is not None else [])


def member_fault(shape: Any, name: str, value: Any) -> str:
    """The same of one member of it."""
    return _told(list(_faults(shape, value, _join("", name))))


def _told(faults: list[str]) -> str:
    noun = "error" if len(faults) == 1 else "errors"
    return f"{len(faults)} validation {noun} detected: {'; '.join(faults)}" if faults else ""


# As AWS names them, where that is known and not the order of the description.
_ENUMS = {
    frozenset(values.split(", ")): values
    for values in ("SUCCEEDED, TIMED_OUT, PENDING_REDRIVE, ABORTED, FAILED, RUNNING",)
}


def _faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    _check_type(shape, value, path)
    if shape.type_name == "structure":
        yield from _structure_faults(shape, value, path)
    elif shape.type_name == "list":
        yield from _size_faults(shape, value, path)
        for number, item in enumerate(value, start=1):
            yield from _faults(shape.member, item, f"{path}.{number}.member")
    elif shape.type_name == "map":
        yield from _size_faults(shape, value, path)
        for key, item in value.items():
            yield from _faults(shape.key, key, f"{path}.key")
            yield from _faults(shape.value, item, f"{path}.{key}.member")
    elif shape.type_name == "string":
        yield from _string_faults(shape, value, path)
    elif shape.type_name in ("integer", "long", "float", "double"):
        yield from _number_faults(shape, value, path)


def _check_type(shape: Any, value: Any, path: str) -> None:
    fault = json_type_fault(shape, value, path)
    if fault:
        raise SerializationException(fault)


def _structure_faults(shape: Any, value: dict[str, Any], path: str) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield _fault("Value null", _join(path, name), "Member must not be null")
    for name, item in value.items():
        if name not in shape.members:
            yield _fault(f"Value '{name}'", path or "request", f"{shape.name} has no such member")
        elif item is not None:
            yield from _faults(shape.members[name], item, _join(path, name))


def _join(path: str, name: str) -> str:
    member = name[0].lower() + name[1:]
    return f"{path}.{member}" if path else member


def _size_faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    shown = _shown(shape, value)
    if low is not None and len(value) < low:
        yield _fault(shown, path, f"Member must have length greater than or equal to {low}")
    if high is not None and len(value) > high:
        yield _fault(shown, path, f"Member must have length less than or equal to {high}")


def _string_faults(shape: Any, value: str, path: str) -> Iterator[str]:
    yield from _size_faults(shape, value, path)
    pattern, shown = shape.metadata.get("pattern"), _shown(shape, value)
    if pattern is not None and not _pattern(pattern).fullmatch(value):
        yield _fault(shown, path, f"Member must satisfy regular expression pattern: {pattern}")
    enum = shape.metadata.get("enum")
    if enum and value not in enum:
        values = _ENUMS.get(frozenset(enum)) or ", ".join(enum)
        yield _fault(shown, path, f"Member must satisfy enum value set: [{values}]")


_CLASSES = {
    "\\p{Alnum}": "a-zA-Z0-9",
    "\\p{ASCII}": "[\\x00-\\x7f]",
    "\\p{Print}": "\\x20-\\x7e",
    "\\z": "\\Z",
}


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The pattern in Python's syntax, which has no Unicode property classes."""
    if "\\p{P}" in text:  # letters, marks, separators, symbols, numbers, punctuation: no controls
        return re.compile(r"[^\x00-\x1f\x7f-\x9f]*")
    if "\\p{L}" in text:
        return re.compile(r"[\w\s.:/=+\-@]*")
    for java, python in _CLASSES.items():
        text = text.replace(java, python)
    return re.compile(text, re.DOTALL)


def _number_faults(shape: Any, value: float, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    shown = _shown(shape, value)
    if low is not None and value < low:
        yield _fault(shown, path, f"Member must have value greater than or equal to {low}")
    if high is not None and value > high:
        yield _fault(shown, path, f"Member must have value less than or equal to {high}")


def _fault(shown: str, path: str, constraint: str) -> str:
    return f"{shown} at '{path}' failed to satisfy constraint: {constraint}"


def _shown(shape: Any, value: Any) -> str:
    """What is sensitive is not told."""
    return "Value" if shape.metadata.get("sensitive") else f"Value '{_text(shape, value)}'"


def _text(shape: Any, value: Any) -> str:
    """As AWS's framework writes it: `[Name(member=value, ...), ...]`."""
    if shape.type_name == "list" and isinstance(value, list):
        return f"[{', '.join(_text(shape.member, item) for item in value)}]"
    if shape.type_name == "structure" and isinstance(value, dict):
        members = ", ".join(
            f"{_join('', name)}={_text(shape.members[name], item)}"
            for name, item in value.items()
            if name in shape.members
        )
        return f"{shape.name}({members})"
    return str(value)
