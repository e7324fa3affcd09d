"""The Search operation on training jobs and tuning jobs.

The rules are those of the API reference (Search, SearchExpression, Filter, NestedFilters). A
property is a path of members of the resource, as in SearchRecord; Metrics.<name> is a final
metric, HyperParameters.<name> a hyperparameter, Tags.<key> a tag. A path that goes through a list
is met when any element meets it, a nested filter when one element meets all its filters.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.resources.listing import page
from local_sagemaker.sagemaker.resources.tags import Tags

_ORDERS: dict[str, Callable[[Any, Any], bool]] = {
    "GreaterThan": lambda ours, theirs: ours > theirs,
    "GreaterThanOrEqualTo": lambda ours, theirs: ours >= theirs,
    "LessThan": lambda ours, theirs: ours < theirs,
    "LessThanOrEqualTo": lambda ours, theirs: ours <= theirs,
}
_OF_TEXT = ("In", "Contains")
_ORDERED = ("number", "timestamp")
_SHAPES = {
    "TrainingJob": "TrainingJob",
    "HyperParameterTuningJob": "HyperParameterTuningJobSearchEntity",
}


class RecordSearch:
    """Searches what the sources describe; each is the Describe answers of one resource type."""

    def __init__(self, tags: Tags, sources: Mapping[str, Callable[[], list[Document]]]) -> None:
        self._tags = tags
        self._sources = sources

    def search(self, request: Document) -> Document:
        resource = request["Resource"]
        if resource not in self._sources:
            raise ValidationException(
                f"Local AWS searches {' and '.join(self._sources)} only, not {resource}."
            )
        if "VisibilityConditions" in request:
            raise ValidationException("Local AWS has no VisibilityConditions.")
        expression = request.get("SearchExpression")
        if expression is not None:
            _check(expression, resource)
        sort_by = request.get("SortBy", "LastModifiedTime")
        _kind(sort_by, resource)
        found = [
            record
            for record in self._records(request)
            if expression is None or _meets(expression, record, resource)
        ]
        ordered = _in_order(found, sort_by, request.get("SortOrder", "Descending"))
        answer = page(request, [{resource: record} for record in ordered], "Results")
        return answer | {"TotalHits": {"Value": len(found), "Relation": "EqualTo"}}

    def _records(self, request: Document) -> list[Document]:
        """The resources as SearchRecord has them; other accounts have none here."""
        if request.get("CrossAccountFilterOption") == "CrossAccount":
            return []
        resource = request["Resource"]
        shape: Any = service_model("sagemaker").shape_for(_SHAPES[resource])
        records = []
        for description in self._sources[resource]():
            record = {name: value for name, value in description.items() if name in shape.members}
            records.append(record | {"Tags": self._tags.of(description[f"{resource}Arn"])})
        return records


def _check(expression: Document, resource: str) -> None:
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
        if _kind(name, resource) != "list":
            raise ValidationException(f"NestedPropertyName '{name}' is not a list of {resource}.")
        for each in nested["Filters"]:
            if not each["Name"].startswith(f"{name}."):
                raise ValidationException(f"'{each['Name']}' is no property of '{name}'.")
            yield each
    for part in expression.get("SubExpressions", []):
        yield from _filters(part, resource)


def _check_filter(each: Document, resource: str) -> None:
    name, operator = each["Name"], each.get("Operator", "Equals")
    kind = _kind(name, resource)
    if operator in ("Exists", "NotExists"):
        return
    if "Value" not in each:
        raise ValidationException(f"The filter on '{name}' needs a Value for {operator}.")
    if kind in ("structure", "list", "map"):
        raise ValidationException(f"'{name}' is a {kind}: name one of its members.")
    wrong = _ORDERS if kind in ("string", "boolean") else _OF_TEXT if kind in _ORDERED else ()
    if operator in wrong:
        raise ValidationException(f"{operator} is not supported for '{name}', a {kind} property.")
    number = kind == "number" or (kind == "hyperparameter" and operator in _ORDERS)
    if number and _number(each["Value"]) is None:
        raise ValidationException(f"'{each['Value']}' is not a number, as '{name}' is.")
    if kind == "timestamp":
        _moment(each["Value"])


def _kind(name: str, resource: str) -> str:
    """What a property is: string, number, hyperparameter, timestamp, boolean, structure, ..."""
    first, _, rest = name.partition(".")
    if rest and first == "Tags":
        return "string"
    if rest and resource == "TrainingJob" and first in ("Metrics", "HyperParameters"):
        return "number" if first == "Metrics" else "hyperparameter"
    shape: Any = service_model("sagemaker").shape_for(_SHAPES[resource])
    for part in name.split("."):
        if shape.type_name == "list":
            shape = shape.member
        if shape.type_name == "map":
            return "string"
        if shape.type_name != "structure" or part not in shape.members:
            raise ValidationException(f"'{name}' is not a property of {resource}.")
        shape = shape.members[part]
    if shape.type_name == "list" and shape.member.type_name == "string":
        return "string"
    numeric = shape.type_name in ("integer", "long", "float", "double")
    return "number" if numeric else str(shape.type_name)


def _meets(expression: Document, record: Document, resource: str) -> bool:
    met = [_passes(each, record, resource) for each in expression.get("Filters", [])]
    met += [_one_passes(each, record, resource) for each in expression.get("NestedFilters", [])]
    met += [_meets(each, record, resource) for each in expression.get("SubExpressions", [])]
    return any(met) if expression.get("Operator") == "Or" else all(met)


def _one_passes(nested: Document, record: Document, resource: str) -> bool:
    """Whether one element of the list passes all the filters."""
    *path, last = nested["NestedPropertyName"].split(".")
    for holder in _values(record, path):
        for element in holder.get(last, []):
            alone: Document = {last: [element]}
            for part in reversed(path):
                alone = {part: alone}
            if all(_passes(each, alone, resource) for each in nested["Filters"]):
                return True
    return False


def _passes(each: Document, record: Document, resource: str) -> bool:
    operator: str = each.get("Operator", "Equals")
    values = _property(record, each["Name"])
    if operator in ("Exists", "NotExists"):
        return bool(values) == (operator == "Exists")
    kind = _kind(each["Name"], resource)
    if operator == "NotEquals":
        return not any(_compares("Equals", value, each["Value"], kind) for value in values)
    return any(_compares(operator, value, each["Value"], kind) for value in values)


def _property(record: Document, name: str) -> list[Any]:
    first, _, rest = name.partition(".")
    if rest and first == "Tags":
        return [tag["Value"] for tag in record.get("Tags", []) if tag["Key"] == rest]
    if rest and first == "Metrics":
        metrics = record.get("FinalMetricDataList", [])
        return [metric["Value"] for metric in metrics if metric["MetricName"] == rest]
    return _values(record, name.split("."))


def _values(holder: Any, path: Sequence[str]) -> list[Any]:
    """What the path leads to; a map's key may have dots."""
    if isinstance(holder, list):
        return [value for element in holder for value in _values(element, path)]
    if not path:
        return [holder]
    joined = ".".join(path)
    if joined in holder:
        found = holder[joined]
        return list(found) if isinstance(found, list) else [found]
    return _values(holder[path[0]], path[1:]) if path[0] in holder else []


def _compares(operator: str, ours: Any, asked: str, kind: str) -> bool:
    if operator == "In":
        return str(ours) in asked.split(",")
    if operator == "Contains":
        return asked in str(ours)
    left, right = _sides(ours, asked, kind)
    if operator == "Equals":
        return bool(left == right)
    return left is not None and bool(_ORDERS[operator](left, right))


def _sides(ours: Any, asked: str, kind: str) -> tuple[Any, Any]:
    """Both as numbers, where the property is one; None for a hyperparameter that is none."""
    if kind == "timestamp":
        return ours, _moment(asked)
    if kind == "boolean":
        return str(ours).lower(), asked.lower()
    right = _number(asked)
    if kind == "string" or right is None:
        return str(ours), asked
    left = _number(str(ours))
    if kind == "hyperparameter" and left is not None and re.fullmatch(r"[+-]?\d+", asked):
        left = float(int(left))  # a whole Value makes the hyperparameter whole
    return left, right


def _number(text: str) -> float | None:
    try:
        number = float(text)
    except ValueError:
        return None
    return number if math.isfinite(number) else None


def _moment(text: str) -> float:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as fault:
        raise ValidationException(f"'{text}' is not a time as YYYY-mm-dd'T'HH:MM:SS.") from fault
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).timestamp()


def _in_order(records: list[Document], sort_by: str, order: str) -> list[Document]:
    """Those without the property come last, whatever the order."""
    keyed = [(_property(record, sort_by), record) for record in records]
    having = [(_sort_key(values[0]), record) for values, record in keyed if values]
    having.sort(key=lambda pair: pair[0], reverse=order == "Descending")
    return [record for _, record in having] + [record for values, record in keyed if not values]


def _sort_key(value: Any) -> tuple[bool, float, str]:
    number = _number(str(value))
    return number is None, 0.0 if number is None else number, str(value)
