"""The properties of a record: what each is, and its values.

A property is a path of members of the resource, as in SearchRecord; Metrics.<name> is a final
metric, HyperParameters.<name> a hyperparameter, Tags.<key> a tag.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from local_sagemaker.protocol.service_models import service_model
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException

SHAPES = {
    "TrainingJob": "TrainingJob",
    "HyperParameterTuningJob": "HyperParameterTuningJobSearchEntity",
    "Pipeline": "Pipeline",
    "PipelineExecution": "PipelineExecution",
}


def property_kind(name: str, resource: str) -> str:
    """What a property is: string, number, hyperparameter, timestamp, boolean, structure, ...

    Raises:
        ValidationException: records of this kind have no such property.
    """
    first, _, rest = name.partition(".")
    if rest and first == "Tags":
        return "string"
    if rest and resource == "TrainingJob" and first in ("Metrics", "HyperParameters"):
        return "number" if first == "Metrics" else "hyperparameter"
    shape: Any = service_model("sagemaker").shape_for(SHAPES[resource])
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


def property_values(record: Document, name: str) -> list[Any]:
    """The values of a property: none when the record lacks it, several from a list."""
    first, _, rest = name.partition(".")
    if rest and first == "Tags":
        return [tag["Value"] for tag in record.get("Tags", []) if tag["Key"] == rest]
    if rest and first == "Metrics":
        metrics = record.get("FinalMetricDataList", [])
        return [metric["Value"] for metric in metrics if metric["MetricName"] == rest]
    return values_at(record, name.split("."))


def values_at(holder: Any, path: Sequence[str]) -> list[Any]:
    """What the path leads to; a map's key may have dots."""
    if isinstance(holder, list):
        return [value for element in holder for value in values_at(element, path)]
    if not path:
        return [holder]
    joined = ".".join(path)
    if joined in holder:
        found = holder[joined]
        return list(found) if isinstance(found, list) else [found]
    return values_at(holder[path[0]], path[1:]) if path[0] in holder else []
