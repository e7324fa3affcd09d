"""Checks raw responses against the output shapes of botocore's SageMaker model."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from botocore.model import OperationModel

_TYPES: dict[str, tuple[type, ...]] = {
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
    "string": (str,),
    "integer": (int,),
    "long": (int,),
    "float": (int, float),
    "double": (int, float),
    "timestamp": (int, float),
    "boolean": (bool,),
}

answered: set[str] = set()


def check_response(
    operation_model: OperationModel, response_dict: dict[str, Any], **_: object
) -> None:
    """A botocore `before-parse` handler: fails on a response that has another shape."""
    if response_dict["status_code"] != 200:
        return
    answered.add(operation_model.name)
    body = json.loads(response_dict["body"])
    if operation_model.output_shape is None:
        assert body == {}, f"{operation_model.name} has no output, and answered {body}"
        return
    faults = list(shape_faults(operation_model.output_shape, body, operation_model.name))
    assert not faults, faults


def _has_type(value: Any, type_name: str) -> bool:
    return isinstance(value, _TYPES[type_name])


def shape_faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    """What is wrong with a value, each with its path."""
    if not _has_type(value, shape.type_name):
        yield f"{path}: {value!r} is no {shape.type_name}"
    elif shape.type_name == "structure":
        yield from _structure_faults(shape, value, path)
    elif shape.type_name == "list":
        yield from _length_faults(shape, value, path)
        for index, item in enumerate(value):
            yield from shape_faults(shape.member, item, f"{path}[{index}]")
    elif shape.type_name == "map":
        yield from _length_faults(shape, value, path)
        for key, item in value.items():
            yield from shape_faults(shape.key, key, f"{path} key")
            yield from shape_faults(shape.value, item, f"{path}.{key}")
    elif shape.type_name == "string":
        yield from _length_faults(shape, value, path)
        yield from _text_faults(shape, value, path)


def _structure_faults(shape: Any, value: dict[str, Any], path: str) -> Iterator[str]:
    for name in shape.required_members:
        if name not in value:
            yield f"{path}.{name} is missing"
    for name, item in value.items():
        if name in shape.members:
            yield from shape_faults(shape.members[name], item, f"{path}.{name}")
        else:
            yield f"{path}.{name} is not a member of {shape.name}"


def _length_faults(shape: Any, value: Any, path: str) -> Iterator[str]:
    low, high = shape.metadata.get("min", 0), shape.metadata.get("max", len(value))
    if not low <= len(value) <= high:
        yield f"{path}: {value!r} has length {len(value)}, not {low} to {high}"


def _text_faults(shape: Any, value: str, path: str) -> Iterator[str]:
    pattern, enum = shape.metadata.get("pattern"), shape.metadata.get("enum")
    if pattern and "\\p{" not in pattern and not re.fullmatch(pattern, value, re.DOTALL):
        yield f"{path}: {value!r} does not match {pattern}"
    if enum and value not in enum:
        yield f"{path}: {value!r} is none of {enum}"
