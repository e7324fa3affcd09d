"""Whether a record meets a SearchExpression.

A path that goes through a list is met when any element meets it, a nested filter when one element
meets all its filters.
"""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.record_search.properties import (
    property_kind,
    property_values,
    values_at,
)
from local_sagemaker.sagemaker.record_search.values import compares


def meets(expression: Document, record: Document, resource: str) -> bool:
    """Whether a record of this kind meets an expression that has passed check_expression."""
    met = [_passes(each, record, resource) for each in expression.get("Filters", [])]
    met += [_one_passes(each, record, resource) for each in expression.get("NestedFilters", [])]
    met += [meets(each, record, resource) for each in expression.get("SubExpressions", [])]
    return any(met) if expression.get("Operator") == "Or" else all(met)


def _one_passes(nested: Document, record: Document, resource: str) -> bool:
    """Whether one element of the list passes all the filters."""
    *path, last = nested["NestedPropertyName"].split(".")
    for holder in values_at(record, path):
        for element in holder.get(last, []):
            alone: Document = {last: [element]}
            for part in reversed(path):
                alone = {part: alone}
            if all(_passes(each, alone, resource) for each in nested["Filters"]):
                return True
    return False


def _passes(each: Document, record: Document, resource: str) -> bool:
    operator: str = each.get("Operator", "Equals")
    values = property_values(record, each["Name"])
    if operator in ("Exists", "NotExists"):
        return bool(values) == (operator == "Exists")
    kind = property_kind(each["Name"], resource)
    if operator == "NotEquals":
        return not any(compares("Equals", value, each["Value"], kind) for value in values)
    return any(compares(operator, value, each["Value"], kind) for value in values)
