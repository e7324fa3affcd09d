"""Retry and Catch."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.paths import result_path
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.templates import query
from local_sagemaker.stepfunctions.definition.values import (
    Check,
    Field,
    in_range,
    listed,
    object_faults,
    one_of,
    text,
)
from local_sagemaker.stepfunctions.definition.variables import assign

_EVERY_ERROR = "States.ALL"
_LONGEST_DELAY = 31_622_400  # seconds: a year

_RETRIER = {
    "ErrorEquals": Field(listed(text)),
    "IntervalSeconds": Field(in_range(0, 99_999_999)),
    "MaxAttempts": Field(in_range(0, 99_999_999)),
    "BackoffRate": Field(in_range(1.0)),
    "MaxDelaySeconds": Field(in_range(1, _LONGEST_DELAY)),
    "JitterStrategy": Field(one_of("NONE", "FULL")),
    "Comment": Field(text),
}
_CATCHER = {
    "ErrorEquals": Field(listed(text)),
    "Next": Field(text),
    "ResultPath": Field(result_path, "JSONPath"),
    "Output": Field(query("errorOutput"), "JSONata"),
    "Assign": Field(assign("errorOutput")),
    "Comment": Field(text),
}


def retry(value: Any, place: Place) -> Iterator[Fault]:
    yield from _handlers(
        value, place, lambda said, at: object_faults(said, at, _RETRIER, required=("ErrorEquals",))
    )


def catch(value: Any, place: Place) -> Iterator[Fault]:
    yield from _handlers(
        value,
        place,
        lambda said, at: object_faults(said, at, _CATCHER, required=("ErrorEquals", "Next")),
    )


def _handlers(value: Any, place: Place, check: Check) -> Iterator[Fault]:
    if not isinstance(value, list):
        yield place.fault("Expected value of type [ARRAY]")
        return
    for position, said in enumerate(value):
        here = place.item(position)
        yield from check(said, here)
        if isinstance(said, dict) and _hides_others(said, position == len(value) - 1):
            message = "States.ALL must appear alone and at end of list"
            yield here.field("ErrorEquals").fault(message)


def _hides_others(handler: dict[str, Any], is_last: bool) -> bool:
    """Whether names stand beside or after States.ALL, which would never be asked for."""
    errors = handler.get("ErrorEquals")
    if not isinstance(errors, list) or _EVERY_ERROR not in errors:
        return False
    return len(errors) > 1 or not is_last
