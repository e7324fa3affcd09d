"""Parameters that a service does not have, found before it is called."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks.api_values import capital
from local_sagemaker.stepfunctions.tasks.task import TaskRequest


def not_started(request: TaskRequest, faults: list[str]) -> StateFailed:
    """What the state fails with for parameters with these faults."""
    field = "Arguments" if request.language == "JSONata" else "Parameters"
    cause = (
        f"The {field} '{to_text(request.parameters)}' could not be used to start the Task: "
        f"[{', '.join(faults)}]"
    )
    return StateFailed(RUNTIME, cause)


def not_supported(field: str) -> str:
    return f'The field "{field}" is not supported by Step Functions'


def shape_faults(value: Any, shape: Shape | None, *, texts: bool, field: str = "") -> Iterator[str]:
    """Fields that the API lacks, and values of another kind than it has, however deep.

    A null is a member that is not given. With `texts` an object may stand for its JSON text.
    """
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        yield from _member_faults(value, shape, texts)
    elif isinstance(shape, ListShape) and isinstance(value, list):
        for item in value:
            yield from shape_faults(item, shape.member, texts=texts, field=field)
    elif isinstance(shape, MapShape) and isinstance(value, dict):
        for name, item in value.items():
            yield from shape_faults(item, shape.value, texts=texts, field=name)
    elif shape is not None and not _is_of(value, shape, texts):
        yield f"The value for the field '{field}' must be {_KINDS[shape.type_name]}"


def _member_faults(value: dict[str, Any], shape: StructureShape, texts: bool) -> Iterator[str]:
    if shape.is_document_type:
        return  # any JSON
    own = {capital(name): member for name, member in shape.members.items()}
    for name, item in value.items():
        if name not in own:
            yield not_supported(name)
        elif item is not None:
            yield from shape_faults(item, own[name], texts=texts, field=name)


_KINDS = {
    "structure": "an OBJECT",
    "map": "an OBJECT",
    "list": "a LIST",
    "string": "a STRING",
    "boolean": "a BOOLEAN",
    "integer": "an INTEGER",
    "long": "a LONG",
    "float": "a FLOAT",
    "double": "a DOUBLE",
}


def _is_of(value: Any, shape: Shape, texts: bool) -> bool:
    kind = shape.type_name
    if kind in ("structure", "map", "list"):
        return isinstance(shape, StructureShape) and shape.is_document_type
    if kind == "string":
        return isinstance(value, str) or (texts and isinstance(value, dict | list))
    if kind == "boolean":
        return isinstance(value, bool)
    if kind in ("integer", "long", "float", "double"):
        return isinstance(value, int | float) and not isinstance(value, bool)
    return True
