"""The match type numeric."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from local_sagemaker.services.events.patterns.errors import PatternError

_COMPARISONS: dict[str, Callable[[Any, Any], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    "=": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
}
_LOWER, _UPPER = (">", ">="), ("<", "<=")


def is_number(value: Any) -> bool:
    """True and false are none."""
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def number_range(argument: Any) -> Callable[[Any], bool]:
    """One comparison, or a lower bound and an upper one. Raises PatternError."""
    if not isinstance(argument, list):
        raise PatternError("Value of numeric must be an array.")
    bounds = [(argument[place], argument[place + 1 : place + 2]) for place in _places(argument)]
    for comparison, bound in bounds:
        if not isinstance(comparison, str) or comparison not in _COMPARISONS:
            raise PatternError(f"Unrecognized numeric range operator: {comparison}")
        if not bound or not is_number(bound[0]):
            raise PatternError(f"Value of {comparison} must be numeric")
    signs = [comparison for comparison, _ in bounds]
    if len(signs) > 1 and not (signs[0] in _LOWER and signs[1] in _UPPER):
        raise PatternError(f"Bad numeric range operator: {signs[1]}")
    if len(signs) > 2:
        raise PatternError("Too many terms in numeric range expression")
    return lambda value: (
        is_number(value) and all(_COMPARISONS[sign](value, bound) for sign, (bound,) in bounds)
    )


def _places(argument: list[Any]) -> range:
    if not argument:
        raise PatternError("Invalid member in numeric match: ]")
    return range(0, len(argument), 2)
