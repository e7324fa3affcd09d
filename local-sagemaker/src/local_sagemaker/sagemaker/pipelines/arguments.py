"""What CreatePipeline refuses of a step's arguments, by the API's description of what it creates.

Values that are expressions are not known yet: the operation refuses them when the step begins.
"""

from __future__ import annotations

from typing import Any

from local_sagemaker.protocol.json_types import json_type_fault
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.expecting import expect_list, expect_object
from local_sagemaker.sagemaker.pipelines.expressions import is_expression
from local_sagemaker.sagemaker.pipelines.faults import unparsable
from local_sagemaker.sagemaker.pipelines.step_kinds import ResourceKind
from local_sagemaker.sagemaker.service_model import operation_model

# What the service adds itself: the name, and a token so that nothing is made twice.
_ADDED = frozenset(("ClientToken",))


def check_arguments(arguments: Document, kind: ResourceKind) -> None:
    """Raises ValidationException for the first argument that the operation cannot take."""
    shape: Any = operation_model(f"Create{kind.resource}").input_shape
    _check_structure(shape, arguments, _ADDED | {kind.name_member})


def _check(shape: Any, value: Any, name: str) -> None:
    if is_expression(value):
        return
    if shape.type_name == "structure":
        _check_structure(shape, expect_object(value), frozenset())
    elif shape.type_name == "list":
        for item in expect_list(value):
            _check(shape.member, item, name)
    elif shape.type_name == "map":
        for item in expect_object(value).values():
            _check(shape.value, item, name)
    else:
        _check_scalar(shape, value, name)


def _check_structure(shape: Any, value: Document, added: frozenset[str]) -> None:
    """Unknown members are in AWS's words (aws/sagemaker-python-sdk#3472, #4994)."""
    for name, item in value.items():
        if name not in shape.members:
            raise unparsable(f"Unknown Argument member '{name}'.")
        _check(shape.members[name], item, name)
    for name in shape.required_members:
        if name not in value and name not in added:
            raise unparsable(f"Model Validation failed: '{shape.name}' needs '{name}'.")


def _check_scalar(shape: Any, value: Any, name: str) -> None:
    """A value of an enumeration is refused in AWS's words, with the name of its shape."""
    fault = json_type_fault(shape, value, name)
    if fault:
        raise unparsable(f"{fault}.")
    allowed = shape.metadata.get("enum")
    if allowed and value not in allowed:
        raise unparsable(
            f"Model Validation failed: Value '{value}' for '{shape.name}' failed to satisfy enum "
            f"value set: [{', '.join(allowed)}]"
        )
