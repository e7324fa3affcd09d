"""A task's parameters as an API takes them, and the API's answers as tasks give them.

A task begins every member's name with a capital letter, as AWS's Java SDK does: StateMachineArn for
what boto3 calls stateMachineArn.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape

from local_sagemaker.stepfunctions.json_text import to_text

_Change = Callable[[Any, Shape | None], Any]


def capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def of_api(value: Any, shape: Shape | None) -> Any:
    """A task's parameters for boto3; a null is a member that is not given.

    Where the API has text, an object or an array is sent as its JSON; where it has bytes, anything
    is, also a string with its quotes (as recorded of `aws-sdk:s3:putObject`).
    """
    if isinstance(shape, StructureShape) and shape.is_document_type:
        return value
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        own = {capital(name): name for name in shape.members}
        given = {own[name]: item for name, item in value.items() if item is not None}
        return {name: of_api(item, shape.members[name]) for name, item in given.items()}
    if shape is not None and shape.type_name == "string" and isinstance(value, dict | list):
        return to_text(value)
    if shape is not None and shape.type_name == "blob":
        return to_text(value).encode()
    return _inside(value, shape, of_api)


def of_task(value: Any, shape: Shape | None) -> Any:
    """An answer of boto3 as a task's result: members by the alphabet, a stream's text last."""
    if isinstance(shape, StructureShape) and shape.is_document_type:
        return value
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        streamed = shape.serialization.get("payload")
        order = sorted((name for name in value if name in shape.members), key=capital)
        return {
            capital(name): of_task(value[name], shape.members[name])
            for name in sorted(order, key=lambda name: name == streamed)
        }
    return _inside(value, shape, of_task)


def _inside(value: Any, shape: Shape | None, change: _Change) -> Any:
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [change(item, shape.member) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {name: change(item, shape.value) for name, item in value.items()}
    return value
