"""Payload templates: Parameters, ResultSelector and their like; Arguments and Output in JSONata."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.expressions import EVERYWHERE, expression_faults
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.values import Check
from local_sagemaker.stepfunctions.queries.check import is_dynamic

_KINDS = {dict: "OBJECT", list: "ARRAY", bool: "BOOLEAN", type(None): "NULL"}


def payload(value: Any, place: Place) -> Iterator[Fault]:
    """A template of JSONPath: below names that end in `.$` stand paths or intrinsic functions."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name.endswith(".$"):
                yield from _path_faults(name, item, place)
            else:
                yield from payload(item, place.field(name))
    elif isinstance(value, list):
        for position, item in enumerate(value):
            yield from payload(item, place.item(position))


def _path_faults(name: str, value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        kind = _KINDS.get(type(value), "NUMBER")
        yield place.fault(
            f"The value for the field '{name}' must be a STRING that contains a JSONPath but was "
            f"an {kind}"
        )
    elif not is_dynamic(value):
        yield place.fault(
            f"The value for the field '{name}' must be a valid JSONPath or a valid intrinsic "
            "function call"
        )


def query(*more: str) -> Check:
    """A check for any JSON with `{% ... %}` strings in it; `more` members of `$states` are there:
    `result`, `errorOutput`."""
    members = EVERYWHERE | {*more}

    def check(value: Any, place: Place) -> Iterator[Fault]:
        if isinstance(value, str) and value.startswith("{%"):
            yield from expression_faults(value, place, members)
        elif isinstance(value, dict):
            for name, item in value.items():
                yield from check(item, place.field(name))
        elif isinstance(value, list):
            for position, item in enumerate(value):
                yield from check(item, place.item(position))

    return check


def either(value: Any, place: Place) -> Iterator[Fault]:
    """A template of the language that the state speaks."""
    yield from (query() if place.language == "JSONata" else payload)(value, place)


def object_template(value: Any, place: Place) -> Iterator[Fault]:
    """Such a template that is an object, or in JSONata one expression."""
    if isinstance(value, dict) or (place.language == "JSONata" and isinstance(value, str)):
        yield from either(value, place)
    else:
        yield place.fault("Expected value of type [OBJECT]")
