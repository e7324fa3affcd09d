"""Whether the conditions of a Condition step are met; all of them must be."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.condition_rules import MEMBERSHIPS
from local_sagemaker.sagemaker.pipelines.faults import StepFailed

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "Equals": operator.eq,
    "NotEquals": operator.ne,
    "GreaterThan": operator.gt,
    "GreaterThanOrEqualTo": operator.ge,
    "LessThan": operator.lt,
    "LessThanOrEqualTo": operator.le,
}


def is_met(condition: Document) -> bool:
    """Whether a condition is met, in which every expression is a value already.

    Raises:
        StepFailed: it compares values of different types, or some that have no order.
    """
    kind = condition["Type"]
    if kind == "Not":
        return not is_met(condition["Condition"])
    if kind == "Or":
        return any(is_met(each) for each in condition["Conditions"])
    if kind in ("In", "NotIn"):
        value, values = _membership(condition)
        is_in = any(_type_of(each) == _type_of(value) and each == value for each in values)
        return bool(is_in == (kind == "In"))
    left, right = condition["LeftValue"], condition["RightValue"]
    if not _are_comparable(kind, left, right):
        raise StepFailed(
            f"ClientError: Condition of type {kind} cannot compare {left!r:.100} ({_type_of(left)})"
            f" with {right!r:.100} ({_type_of(right)})."
        )
    return bool(_COMPARE[kind](left, right))


def _are_comparable(kind: str, left: Any, right: Any) -> bool:
    """Values of the same type; null, lists and objects are equal or not, and have no order."""
    has_order = _type_of(left) != "Json"
    return _type_of(left) == _type_of(right) and (has_order or kind in ("Equals", "NotEquals"))


def _membership(condition: Document) -> tuple[Any, list[Any]]:
    by_sdk, by_schema = MEMBERSHIPS
    if by_sdk <= set(condition):
        return condition["QueryValue"], condition["Values"]
    assert by_schema <= set(condition)
    return condition["Value"], condition["In"]


def _type_of(value: Any) -> str:
    if isinstance(value, bool):
        return "Boolean"
    if isinstance(value, int | float):
        return "Number"
    return "String" if isinstance(value, str) else "Json"
