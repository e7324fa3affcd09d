"""The names that tasks give an API's members: StateMachineArn for what boto3 calls stateMachineArn.

A task begins every name with a capital letter, as AWS's Java SDK does.
"""

from __future__ import annotations

from typing import Any

from botocore.model import ListShape, MapShape, Shape, StructureShape


def of_api(value: Any, shape: Shape | None) -> Any:
    """A task's parameters under the names of boto3; a name that the API lacks stays as it is."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        own: dict[str, str] = {_capital(name): name for name in shape.members}
        given: dict[str, Any] = value
        known = {own.get(name, name): item for name, item in given.items()}
        return {name: of_api(item, shape.members.get(name)) for name, item in known.items()}
    return _inside(value, shape, of_api)


def of_task(value: Any, shape: Shape | None) -> Any:
    """An answer of boto3 under the names of a task's result."""
    if isinstance(shape, StructureShape) and isinstance(value, dict):
        return {
            _capital(name): of_task(item, shape.members.get(name)) for name, item in value.items()
        }
    return _inside(value, shape, of_task)


def _inside(value: Any, shape: Shape | None, rename: Any) -> Any:
    if isinstance(shape, ListShape) and isinstance(value, list):
        return [rename(item, shape.member) for item in value]
    if isinstance(shape, MapShape) and isinstance(value, dict):
        return {name: rename(item, shape.value) for name, item in value.items()}
    return value


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
