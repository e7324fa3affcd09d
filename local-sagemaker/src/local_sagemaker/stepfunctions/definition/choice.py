"""The rules of Choice states."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.paths import reference_path
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import query
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    at_most_one,
    boolean,
    computed,
    listed,
    number,
    object_faults,
    text,
    timestamp,
)
from local_sagemaker.stepfunctions.definition.variables import assign

_ORDERED = ("Equals", "LessThan", "GreaterThan", "LessThanEquals", "GreaterThanEquals")
_TESTS = ("IsNull", "IsPresent", "IsNumeric", "IsString", "IsBoolean", "IsTimestamp")
_TYPES = {"String": text, "Numeric": number, "Timestamp": timestamp}
_COMPARISONS = {
    **{f"{kind}{how}": check for kind, check in _TYPES.items() for how in _ORDERED},
    **{f"{kind}{how}Path": reference_path for kind in _TYPES for how in _ORDERED},
    "BooleanEquals": boolean,
    "BooleanEqualsPath": reference_path,
    "StringMatches": text,
    **dict.fromkeys(_TESTS, boolean),
}
_KINDS = ("And", "Or", "Not", "Variable", "Condition")


def choices(value: Any, place: Place) -> Iterator[Fault]:
    """The field Choices."""
    yield from listed(_rule)(value, place)


def _rule(value: Any, place: Place) -> Iterator[Fault]:
    """A rule of the list itself: it says where to go."""
    fields = {
        "Next": Field(text),
        "Assign": Field(assign()),
        "Output": Field(query(), "JSONata"),
    }
    required = ("Next", "Condition") if place.language == "JSONata" else ("Next",)
    yield from object_faults(value, place, _TEST | fields, required)
    if isinstance(value, dict):
        yield from _test_faults(value, place)


def _nested_rule(value: Any, place: Place) -> Iterator[Fault]:
    """A rule in And, Or or Not."""
    yield from object_faults(value, place, _TEST)
    if isinstance(value, dict):
        yield from _test_faults(value, place)


def _test_faults(rule: dict[str, Any], place: Place) -> Iterator[Fault]:
    if place.language == "JSONata":
        return
    if sum(kind in rule for kind in _KINDS) != 1:
        listed_kinds = ", ".join(_KINDS)
        yield place.fault(
            f"The object must have only one of the following fields, [{listed_kinds}]"
        )
    elif "Variable" in rule:
        yield from at_most_one(rule, _COMPARISONS, place)
        if not any(name in rule for name in _COMPARISONS):
            listed_names = ", ".join(_COMPARISONS)
            yield place.fault(
                f"This object should have only one of the following fields: [{listed_names}]"
            )


_TEST = {
    "Variable": Field(reference_path, "JSONPath"),
    "Condition": Field(computed(boolean), "JSONata"),
    "And": Field(listed(_nested_rule), "JSONPath"),
    "Or": Field(listed(_nested_rule), "JSONPath"),
    "Not": Field(_nested_rule, "JSONPath"),
    "Comment": Field(text),
    **{name: Field(check, "JSONPath") for name, check in _COMPARISONS.items()},
}
