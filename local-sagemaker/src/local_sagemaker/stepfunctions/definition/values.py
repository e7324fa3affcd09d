"""Checks of single values: types, ranges, and the fields that an object has."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.definition.expressions import expression_faults
from local_sagemaker.stepfunctions.definition.machine import Language
from local_sagemaker.stepfunctions.definition.place import Fault, Place

Check = Callable[[Any, Place], Iterator[Fault]]
_RFC3339 = re.compile(
    r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d+)?"
    r"(Z|[+-]\d\d:\d\d)"
)


@dataclass(frozen=True)
class Field:
    """A field that an object may have; `only` in one query language, where it is so."""

    check: Check
    only: Language | None = None


def object_faults(
    said: Any, place: Place, fields: Mapping[str, Field], required: Collection[str] = ()
) -> Iterator[Fault]:
    """Fields that are not there, are of the other language, are missing, or have a wrong value."""
    if not isinstance(said, dict):
        yield place.fault("Expected value of type [OBJECT]")
        return
    own = {name: field for name, field in fields.items() if name in said}
    for name in said:
        if name not in fields:
            yield place.fault(f"Field '{name}' is not supported")
    foreign = {name for name, field in own.items() if field.only not in (None, place.language)}
    if not is_downgrade(place):
        for name in foreign:
            yield place.fault(_foreign(name, place.language))
    missing = [name for name in required if name not in said]
    if missing:
        yield place.fault(f"These fields are required: [{', '.join(missing)}]")
    for name in said:
        if name in own and name not in foreign:
            yield from own[name].check(said[name], place.field(name))


def is_downgrade(place: Place) -> bool:
    """Whether a state says JSONPath in a machine of JSONata: that alone is reported of it."""
    return place.machine == "JSONata" and place.language == "JSONPath"


def _foreign(name: str, language: Language) -> str:
    other = "JSONPath" if language == "JSONata" else "JSONata"
    return (
        f"The QueryLanguage is set to '{language}', but field '{name}' is only supported for the "
        f"'{other}' QueryLanguage"
    )


def at_most_one(said: Mapping[str, Any], names: Iterable[str], place: Place) -> Iterator[Fault]:
    """Fields that exclude each other."""
    listed = [*names]
    if sum(name in said for name in listed) > 1:
        yield place.fault(
            f"There should only be one of the following fields: [{', '.join(listed)}]"
        )


def exactly_one(said: Mapping[str, Any], names: Iterable[str], place: Place) -> Iterator[Fault]:
    """Fields of which there must be one."""
    listed = [*names]
    yield from at_most_one(said, listed, place)
    if not any(name in said for name in listed):
        yield place.fault(
            f"This object should have only one of the following fields: [{', '.join(listed)}]"
        )


def anything(value: Any, place: Place) -> Iterator[Fault]:
    yield from ()


def text(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str):
        yield place.fault("Expected value of type [STRING]")


def boolean(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, bool):
        yield place.fault("Expected value of type [BOOLEAN]")


def number(value: Any, place: Place) -> Iterator[Fault]:
    if isinstance(value, bool) or not isinstance(value, int | float):
        yield place.fault("Expected value of type [NUMBER]")


def timestamp(value: Any, place: Place) -> Iterator[Fault]:
    if not isinstance(value, str) or not _RFC3339.fullmatch(value):
        yield place.fault("String does not match RFC3339 timestamp")


def one_of(*allowed: str) -> Check:
    """A check for a text out of a list."""

    def check(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, str):
            yield from text(value, place)
        elif value not in allowed:
            listed = ", ".join(allowed)
            yield place.fault(f"Value should be one of the following: [{listed}]")

    return check


def in_range(low: float, high: float | None = None) -> Check:
    """A check for a number; bounds that are floats let it have a fraction."""

    def check(value: Any, place: Place) -> Iterator[Fault]:
        kinds = int if isinstance(low, int) else (int, float)
        if isinstance(value, bool) or not isinstance(value, kinds):
            yield place.fault(f"Expected value of type {'Integer' if kinds is int else 'Double'}")
        elif value < low:
            yield place.fault(f"Minimum value is {low}")
        elif high is not None and value > high:
            yield place.fault(f"Maximum value is {high}")

    return check


def computed(check: Check) -> Check:
    """The same, or in JSONata a `{% ... %}` string that comes to such a value."""

    def check_computed(value: Any, place: Place) -> Iterator[Fault]:
        if place.language == "JSONata" and isinstance(value, str) and value.startswith("{%"):
            yield from expression_faults(value, place)
        else:
            yield from check(value, place)

    return check_computed


def listed(check: Check) -> Check:
    """A check for an array that is not empty, each item of which passes."""

    def check_items(value: Any, place: Place) -> Iterator[Fault]:
        if not isinstance(value, list):
            yield place.fault("Expected value of type [ARRAY]")
        elif not value:
            yield place.fault("Value cannot be empty")
        else:
            for position, item in enumerate(value):
                yield from check(item, place.item(position))

    return check_items
