"""The comparisons of a filter, as Jayway JsonPath makes them: none of them fails."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from typing import Any

from local_sagemaker.stepfunctions.queries.json_values import is_number, is_same

Comparison = Callable[[Any, Any], bool]

# What a path of a filter is that finds nothing: no value, and not null.
UNDEFINED: Any = object()


def _is_equal(left: Any, right: Any) -> bool:
    """Values of one type, or a number and a text that is written like it."""
    if is_number(left) and isinstance(right, str):
        return str(left) == right
    if isinstance(left, str) and is_number(right):
        return left == str(right)
    return left is right or is_same(left, right)


def _in_order(compare: Comparison) -> Comparison:
    def compares(left: Any, right: Any) -> bool:
        is_ordered = (is_number(left) and is_number(right)) or (
            isinstance(left, str) and isinstance(right, str)
        )
        return is_ordered and compare(left, right)

    return compares


def _is_in(left: Any, right: Any) -> bool:
    return isinstance(right, list) and any(_is_equal(left, item) for item in right)


def _matches(left: Any, right: Any) -> bool:
    is_asked = isinstance(right, re.Pattern) and isinstance(left, str)
    return is_asked and right.fullmatch(left) is not None


def _contains(left: Any, right: Any) -> bool:
    if isinstance(left, str):
        return isinstance(right, str) and right in left
    return _is_in(right, left)


def _has_size(left: Any, right: Any) -> bool:
    return isinstance(left, str | list) and _is_equal(len(left), right)


def _is_empty(left: Any, right: Any) -> bool:
    return isinstance(left, str | list) and (not left) is right


def _of_lists(compare: Callable[[list[bool]], bool]) -> Comparison:
    """Asks of the items of the left list which of them are in the right one."""

    def compares(left: Any, right: Any) -> bool:
        are_lists = isinstance(left, list) and isinstance(right, list)
        return are_lists and compare([_is_in(item, right) for item in left])

    return compares


COMPARISONS: dict[str, Comparison] = {
    "==": _is_equal,
    "!=": lambda left, right: not _is_equal(left, right),
    "<": _in_order(operator.lt),
    "<=": _in_order(operator.le),
    ">": _in_order(operator.gt),
    ">=": _in_order(operator.ge),
    "=~": _matches,
    "in": _is_in,
    "nin": lambda left, right: not _is_in(left, right),
    "contains": _contains,
    "size": _has_size,
    "empty": _is_empty,
    "subsetof": _of_lists(all),
    "anyof": _of_lists(any),
    "noneof": _of_lists(lambda found: not any(found)),
}
