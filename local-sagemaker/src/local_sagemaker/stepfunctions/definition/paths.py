"""Fields that hold a path: JSONPath, or a Reference Path, which leads to one place."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.values import text
from local_sagemaker.stepfunctions.queries import check

_FUNCTION = "States."


def path(value: Any, place: Place) -> Iterator[Fault]:
    """InputPath and OutputPath: any JSONPath, or null for an empty object."""
    if value is None:
        return
    if not isinstance(value, str):
        yield from text(value, place)
    elif not check.is_path(value):
        yield place.fault("Value must be a valid JSONPath.")


def reference_path(value: Any, place: Place) -> Iterator[Fault]:
    """A path of the input, the context object or a variable that leads to one place."""
    if not isinstance(value, str):
        yield from text(value, place)
    elif not value.startswith("$"):
        reason = "Reference path didn't start with '$'"
        yield place.fault(f"Value is not a Reference Path: {reason}")
    elif not check.is_reference_path(value):
        yield place.fault("Value is not a Reference Path")


def path_of_input(value: Any, place: Place) -> Iterator[Fault]:
    """A Reference Path that may not read the context object, such as MaxConcurrencyPath."""
    if isinstance(value, str) and value.startswith("$$"):
        yield place.fault("Value is not a Reference Path")
    else:
        yield from reference_path(value, place)


def result_path(value: Any, place: Place) -> Iterator[Fault]:
    """Where a result goes in the input; null throws it away."""
    reads_else = isinstance(value, str) and value[:1] == "$" and value[1:2] not in ("", ".", "[")
    if reads_else:
        yield place.fault("Value is not a Reference Path")
    elif value is not None:
        yield from reference_path(value, place)


def path_or_function(value: Any, place: Place) -> Iterator[Fault]:
    """ErrorPath and CausePath: a Reference Path, or an intrinsic function."""
    if not isinstance(value, str) or not value.startswith(_FUNCTION):
        yield from reference_path(value, place)
    elif not check.is_dynamic(value):
        yield place.fault("Value must be a valid JSONPath or a valid intrinsic function call")
