"""What values of JSON are, where Python knows no difference: true is not 1."""

from __future__ import annotations

from typing import Any


def json_type(value: Any) -> str:
    """The name that JSON has for the value's type."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int | float):
        return "number"
    if isinstance(value, str):
        return "string"
    return "array" if isinstance(value, list) else "object"


def is_number(value: Any) -> bool:
    return json_type(value) == "number"


def is_same(left: Any, right: Any) -> bool:
    """Whether two values are equal, in all that they hold; 1 and 1.0 are."""
    if json_type(left) != json_type(right):
        return False
    if isinstance(left, list):
        return len(left) == len(right) and all(map(is_same, left, right))
    if isinstance(left, dict):
        return left.keys() == right.keys() and all(
            is_same(left[name], right[name]) for name in left
        )
    return bool(left == right)
