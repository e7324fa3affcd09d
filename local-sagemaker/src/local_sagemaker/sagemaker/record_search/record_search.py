"""Answers Search: filters the records of a kind, orders them and gives a page.

The rules are those of the API reference (Search, SearchExpression, Filter, NestedFilters).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.record_search.matching import meets
from local_sagemaker.sagemaker.record_search.properties import (
    SHAPES,
    property_kind,
    property_values,
)
from local_sagemaker.sagemaker.record_search.search_rules import check_expression
from local_sagemaker.sagemaker.record_search.values import as_number
from local_sagemaker.sagemaker.resources.listing import page
from local_sagemaker.sagemaker.resources.tags import Tags


class RecordSearch:
    """Searches what the sources describe; each is the Describe answers of one resource type."""

    def __init__(self, tags: Tags, sources: Mapping[str, Callable[[], list[Document]]]) -> None:
        self._tags = tags
        self._sources = sources

    def search(self, request: Document) -> Document:
        resource = request["Resource"]
        if resource not in self._sources:
            raise ValidationException(
                f"Local AWS searches {', '.join(self._sources)} only, not {resource}."
            )
        if "VisibilityConditions" in request:
            raise ValidationException("Local AWS has no VisibilityConditions.")
        expression = request.get("SearchExpression")
        if expression is not None:
            check_expression(expression, resource)
        sort_by = request.get("SortBy", "LastModifiedTime")
        property_kind(sort_by, resource)
        found = [
            record
            for record in self._records(request)
            if expression is None or meets(expression, record, resource)
        ]
        ordered = _in_order(found, sort_by, request.get("SortOrder", "Descending"))
        answer = page(request, [{resource: record} for record in ordered], "Results")
        return answer | {"TotalHits": {"Value": len(found), "Relation": "EqualTo"}}

    def _records(self, request: Document) -> list[Document]:
        """The resources as SearchRecord has them; other accounts have none here."""
        if request.get("CrossAccountFilterOption") == "CrossAccount":
            return []
        resource = request["Resource"]
        shape: Any = service_model("sagemaker").shape_for(SHAPES[resource])
        records = []
        for description in self._sources[resource]():
            record = {name: value for name, value in description.items() if name in shape.members}
            if "Tags" in shape.members:
                record["Tags"] = self._tags.of(description[f"{resource}Arn"])
            records.append(record)
        return records


def _in_order(records: list[Document], sort_by: str, order: str) -> list[Document]:
    """Those without the property come last, whatever the order."""
    keyed = [(property_values(record, sort_by), record) for record in records]
    having = [(_sort_key(values[0]), record) for values, record in keyed if values]
    having.sort(key=lambda pair: pair[0], reverse=order == "Descending")
    return [record for _, record in having] + [record for values, record in keyed if not values]


def _sort_key(value: Any) -> tuple[bool, float, str]:
    number = as_number(str(value))
    return number is None, 0.0 if number is None else number, str(value)
