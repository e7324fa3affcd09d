"""Checks a request against the constraints of SageMaker's own API description.

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

from local_sagemaker.protocol.json_types import json_type_fault
from local_sagemaker.sagemaker.errors import SerializationException, ValidationException
from local_sagemaker.sagemaker.service_model import operation_model


def validate_request(operation: str, request: Any, service: str = "sagemaker") -> None:
    """Refuse what the API description of the operation does not allow.

    Raises:
        SerializationException: a value has another type than its member.
        ValidationException: every constraint that is not met, in one message.
    """
    shape = operation_model(operation, service).input_shape
    if shape is None:
        return
    faults = list(_faults(shape, request, ""))
    if faults:
        noun = "error" if len(faults) == 1 else "errors"
        raise ValidationException(f"{len(faults)} validation {noun} detected: {'; '.join(faults)}")


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
            yield _fault("null", _join(path, name), "Member must not be null", quote=False)
    for name, item in value.items():
        if name not in shape.members:
            yield _fault(name, path or "request", f"{shape.name} has no such member")
        elif item is not None:
            yield from _faults(shape.members[name], item, _join(path, name))


def _join(path: str, name: str) -> str:
    member = name[0].lower() + name[1:]
    return f"{path}.{member}" if path else member


def _size_faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and len(value) < low:
        yield _fault(value, path, f"Member must have length greater than or equal to {low}")
    if high is not None and len(value) > high:
        yield _fault(value, path, f"Member must have length less than or equal to {high}")


def _string_faults(shape: Any, value: str, path: str) -> Iterator[str]:
    yield from _size_faults(shape, value, path)
    pattern = shape.metadata.get("pattern")
    if pattern is not None and not _pattern(pattern).fullmatch(value):
        yield _fault(value, path, f"Member must satisfy regular expression pattern: {pattern}")
    enum = shape.metadata.get("enum")
    if enum and value not in enum:
        yield _fault(value, path, f"Member must satisfy enum value set: [{', '.join(enum)}]")


@cache
def _pattern(text: str) -> re.Pattern[str]:
    """The pattern in Python's syntax, which has no Unicode property classes."""
    if "\\p{P}" in text:  # letters, marks, separators, symbols, numbers, punctuation: no controls
        return re.compile(r"[^\x00-\x1f\x7f-\x9f]*")
    if "\\p{L}" in text:
        return re.compile(r"[\w\s.:/=+\-@]*")
    return re.compile(text.replace("\\p{Alnum}", "a-zA-Z0-9"), re.DOTALL)


def _number_faults(shape: Any, value: float, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    if low is not None and value < low:
        yield _fault(value, path, f"Member must have value greater than or equal to {low}")
    if high is not None and value > high:
        yield _fault(value, path, f"Member must have value less than or equal to {high}")


def _fault(value: Any, path: str, constraint: str, *, quote: bool = True) -> str:
    shown = f"'{value}'" if quote else value
    return f"Value {shown} at '{path}' failed to satisfy constraint: {constraint}"
