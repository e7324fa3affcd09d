"""Whether a mocked result is one that the task's API could give."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Literal

from botocore.model import ListShape, MapShape, Shape, StructureShape

from local_sagemaker.stepfunctions.definition.integrations import CALL, integration_of
from local_sagemaker.stepfunctions.definition.machine import State
from local_sagemaker.stepfunctions.definition.operations import operation_of
from local_sagemaker.stepfunctions.errors import ValidationException
from local_sagemaker.stepfunctions.tasks.api_values import capital

ValidationMode = Literal["STRICT", "PRESENT", "NONE"]

_NUMBER = "a number"
_KINDS = {
    "string": "a string",
    "blob": "a string",
    "timestamp": "a string",
    "integer": _NUMBER,
    "long": _NUMBER,
    "float": _NUMBER,
    "double": _NUMBER,
    "boolean": "a boolean",
    "list": "an array",
    "map": "an object",
    "structure": "an object",
}
_TYPES: dict[str, tuple[type, ...]] = {
    "a string": (str,),
    _NUMBER: (int, float),
    "a boolean": (bool,),
    "an array": (list,),
    "an object": (dict,),
}


def check_result(state: State, result: Any, mode: ValidationMode) -> None:
    """Raises ValidationException for the first member that the API does not give so.

    STRICT asks for members that are always there, too; members that the API lacks are let be. What
    a task waits for, its own job or its token's holder, has no description.
    """
    integration = integration_of(state.said.get("Resource", ""))
    if mode == "NONE" or integration is None or integration.pattern != CALL:
        return
    operation = operation_of(integration)
    if operation is None or operation.output_shape is None or not isinstance(result, dict):
        return
    for fault in _faults(result, operation.output_shape, "", strict=mode == "STRICT"):
        raise ValidationException(f"Mock result schema validation error: {fault}")


def _faults(value: Any, shape: Shape, field: str, *, strict: bool) -> Iterator[str]:
    kind = _KINDS[shape.type_name]
    if type(value) not in _TYPES[kind]:
        yield f"Field '{field}' must be {kind}"
    elif isinstance(shape, StructureShape):
        yield from _member_faults(value, shape, strict=strict)
    elif isinstance(shape, ListShape):
        for item in value:
            yield from _faults(item, shape.member, field, strict=strict)
    elif isinstance(shape, MapShape):
        for name, item in value.items():
            yield from _faults(item, shape.value, name, strict=strict)
    else:
        yield from _limit_faults(value, shape, field)


def _member_faults(value: dict[str, Any], shape: StructureShape, *, strict: bool) -> Iterator[str]:
    for name in shape.required_members if strict else ():
        if capital(name) not in value:
            yield f"Required field '{capital(name)}' is missing"
    for name, member in shape.members.items():
        if capital(name) in value:
            yield from _faults(value[capital(name)], member, capital(name), strict=strict)


def _limit_faults(value: Any, shape: Shape, field: str) -> Iterator[str]:
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    enum = shape.metadata.get("enum")
    if enum and value not in enum:
        yield f"Field '{field}' is not an expected value"
    elif isinstance(value, str):
        if low is not None and len(value) < low:
            yield f"Field '{field}' is smaller than the minimum length"
        elif high is not None and len(value) > high:
            yield f"Field '{field}' exceeds the maximum length"
    elif low is not None and value < low:
        yield f"Field '{field}' is less than the minimum value"
    elif high is not None and value > high:
        yield f"Field '{field}' exceeds the maximum value"
