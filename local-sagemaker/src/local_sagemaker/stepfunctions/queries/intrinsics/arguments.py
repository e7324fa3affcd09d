"""What intrinsic functions ask of their arguments (developer guide, "Input validation")."""

from __future__ import annotations

import math
from typing import Any

from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.queries.json_values import is_number

# Base64 and Hash take at most as many characters.
MOST_CHARACTERS = 10_000
_INTEGERS = range(-(2**31), 2**31)


class ArgumentFault(ValueError):
    """An argument that the function does not take."""


def array(value: Any) -> list[Any]:
    if not isinstance(value, list):
        raise ArgumentFault(f"An array is expected, but not {to_text(value)}")
    return value


def text(value: Any) -> str:
    if not isinstance(value, str):
        raise ArgumentFault(f"A string is expected, but not {to_text(value)}")
    return value


def short_text(value: Any) -> str:
    if len(text(value)) > MOST_CHARACTERS:
        raise ArgumentFault(f"A string of at most {MOST_CHARACTERS} characters is expected")
    return text(value)


def json_object(value: Any) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise ArgumentFault(f"A JSON object is expected, but not {to_text(value)}")
    return value


def integer(value: Any) -> int:
    """The nearest integer, where a half goes up: -1.5 becomes -1, as it does in Java."""
    if not is_number(value):
        raise ArgumentFault(f"A number is expected, but not {to_text(value)}")
    whole = value if isinstance(value, int) else math.floor(value + 0.5)
    if whole not in _INTEGERS:
        raise ArgumentFault(f"A number of 32 bits is expected, but not {to_text(value)}")
    return whole
