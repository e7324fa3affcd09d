"""How a filter's Value, which is text, is compared with a property."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.sagemaker.errors import ValidationException

ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "GreaterThan": lambda ours, theirs: ours > theirs,
    "GreaterThanOrEqualTo": lambda ours, theirs: ours >= theirs,
    "LessThan": lambda ours, theirs: ours < theirs,
    "LessThanOrEqualTo": lambda ours, theirs: ours <= theirs,
}


def compares(operator: str, ours: Any, asked: str, kind: str) -> bool:
    """Whether a property of this kind, which is `ours`, stands so to the Value `asked`."""
    if operator == "In":
        return str(ours) in asked.split(",")
    if operator == "Contains":
        return asked in str(ours)
    left, right = _sides(ours, asked, kind)
    if operator == "Equals":
        return bool(left == right)
    return left is not None and bool(ORDERS[operator](left, right))


def _sides(ours: Any, asked: str, kind: str) -> tuple[Any, Any]:
    """Both as numbers, where the property is one; None for a hyperparameter that is none."""
    if kind == "timestamp":
        return ours, as_moment(asked)
    if kind == "boolean":
        return str(ours).lower(), asked.lower()
    right = as_number(asked)
    if kind == "string" or right is None:
        return str(ours), asked
    left = as_number(str(ours))
    if kind == "hyperparameter" and left is not None and re.fullmatch(r"[+-]?\d+", asked):
        left = float(int(left))  # a whole Value makes the hyperparameter whole
    return left, right


def as_number(text: str) -> float | None:
    """None for what is no finite number."""
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def as_moment(text: str) -> float:
    """Seconds since 1970; raises ValidationException for what is no ISO 8601 time."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise ValidationException(f"'{text}' is not a time as YYYY-mm-dd'T'HH:MM:SS.") from fault
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()
