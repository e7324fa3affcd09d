"""What Search refuses of a SearchExpression."""

from __future__ import annotations

from collections.abc import Iterator

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.record_search.properties import property_kind
from local_sagemaker.sagemaker.record_search.values import ORDERS, as_moment, as_number

_OF_TEXT = ("In", "Contains")
_ORDERED = ("number", "timestamp")


def check_expression(expression: Document, resource: str) -> None:
    """Refuse an expression on the records of this kind.

    Raises:
        ValidationException: the first rule that is not met.
    """
    filters = list(_filters(expression, resource))
    for each in filters:
        _check_filter(each, resource)
    if sum(each.get("Operator") == "Contains" for each in filters) > 1:
        raise ValidationException("'CONTAINS' operator usage limit of 1 exceeded.")


def _filters(expression: Document, resource: str) -> Iterator[Document]:
    """All filters of an expression, however deep."""
    if not any(expression.get(part) for part in ("Filters", "NestedFilters", "SubExpressions")):
        raise ValidationException(
            "A SearchExpression needs at least one subexpression, filter, or nested filter."
        )
    yield from expression.get("Filters", [])
    for nested in expression.get("NestedFilters", []):
        name = nested["NestedPropertyName"]
        if property_kind(name, resource) != "list":
            raise ValidationException(f"NestedPropertyName '{name}' is not a list of {resource}.")
        for each in nested["Filters"]:
            if not each["Name"].startswith(f"{name}."):
                raise ValidationException(f"'{each['Name']}' is no property of '{name}'.")
            yield each
    for part in expression.get("SubExpressions", []):
        yield from _filters(part, resource)


def _check_filter(each: Document, resource: str) -> None:
    name, operator = each["Name"], each.get("Operator", "Equals")
    kind = property_kind(name, resource)
    if operator in ("Exists", "NotExists"):
        return
    if "Value" not in each:
        raise ValidationException(f"The filter on '{name}' needs a Value for {operator}.")
    if kind in ("structure", "list", "map"):
        raise ValidationException(f"'{name}' is a {kind}: name one of its members.")
    wrong = ORDERS if kind in ("string", "boolean") else _OF_TEXT if kind in _ORDERED else ()
    if operator in wrong:
        raise ValidationException(f"{operator} is not supported for '{name}', a {kind} property.")
    number = kind == "number" or (kind == "hyperparameter" and operator in ORDERS)
    if number and as_number(each["Value"]) is None:
        raise ValidationException(f"'{each['Value']}' is not a number, as '{name}' is.")
    if kind == "timestamp":
        as_moment(each["Value"])
