"""The Assign field: names of variables, and what is assigned to them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import payload, query
from local_sagemaker.stepfunctions.definition.values import Check

_LONGEST = 80  # characters; AWS's guide, "Passing data between states with variables"
_RESERVED = "states"


def assign(*members: str) -> Check:
    """A check for an Assign field, where `$states` has these members beside input and context."""

    def check(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, dict):
            yield place.fault("Expected value of type [OBJECT]")
            return
        for name in value:
            yield from _name_faults(name, place)
        yield from (query(*members) if place.language == "JSONata" else payload)(value, place)

    return check


def _name_faults(field: str, place: Place) -> Iterator[Fault]:
    name = field.removesuffix(".$") if place.language == "JSONPath" else field
    here = place.field(field)
    if name == _RESERVED:
        message = f"Cannot assign to reserved variable '${name}'."
        yield here.fault(message, "RESERVED_VARIABLE_NAME")
    elif not name.isidentifier():
        reason = "the variable name contains invalid characters"
        yield here.fault(f"Invalid variable name '{name}': {reason}.", "INVALID_VARIABLE_NAME")
    elif len(name) > _LONGEST:
        reason = f"the variable name exceeds the {_LONGEST}-character limit"
        yield here.fault(f"Invalid variable name '{name}': {reason}.", "INVALID_VARIABLE_NAME")
