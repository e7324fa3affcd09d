"""The fields of each type of state, and the rules that they keep together."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from local_sagemaker.stepfunctions.definition.choice import choices
from local_sagemaker.stepfunctions.definition.error_handling import catch, retry
from local_sagemaker.stepfunctions.definition.map_data import (
    item_batcher,
    item_reader,
    result_writer,
)
from local_sagemaker.stepfunctions.definition.map_fields import items, label, whole_map
from local_sagemaker.stepfunctions.definition.paths import (
    path,
    path_of_input,
    path_or_function,
    reference_path,
    result_path,
)
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.task_fields import credentials, resource, whole_task
from local_sagemaker.stepfunctions.definition.templates import object_template, payload, query
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    anything,
    at_most_one,
    boolean,
    computed,
    exactly_one,
    in_range,
    one_of,
    text,
    timestamp,
)
from local_sagemaker.stepfunctions.definition.variables import assign

_LONGEST_WAIT = 99_999_999  # seconds

Rule = Callable[[dict[str, Any], Place], Iterator[Fault]]


@dataclass(frozen=True)
class StateType:
    """What states of one type may have, must have, and which rules their fields keep together.

    Fields that hold states (Branches, ItemProcessor) are named here and checked by `chains`.
    """

    fields: Mapping[str, Field]
    required: tuple[str, ...] = ()
    rule: Rule = anything


def _wait(said: dict[str, Any], place: Place) -> Iterator[Fault]:
    yield from exactly_one(said, ("SecondsPath", "Seconds", "TimestampPath", "Timestamp"), place)


def _fail(said: dict[str, Any], place: Place) -> Iterator[Fault]:
    yield from at_most_one(said, ("Error", "ErrorPath"), place)
    yield from at_most_one(said, ("Cause", "CausePath"), place)


_EVERY = {
    "Type": Field(text),
    "Comment": Field(text),
    "QueryLanguage": Field(one_of("JSONPath", "JSONata")),
}
_INPUT_OUTPUT = {
    "InputPath": Field(path, "JSONPath"),
    "OutputPath": Field(path, "JSONPath"),
}
_LEAVING = {"Next": Field(text), "End": Field(boolean)}
_OUTPUT = {"Output": Field(query(), "JSONata"), "Assign": Field(assign())}
_RESULT = {
    "Output": Field(query("result"), "JSONata"),
    "Assign": Field(assign("result")),
    "ResultPath": Field(result_path, "JSONPath"),
    "ResultSelector": Field(payload, "JSONPath"),
    "Retry": Field(retry),
    "Catch": Field(catch),
}
_SECONDS = computed(in_range(1, _LONGEST_WAIT))
STATE_TYPES = {
    "Pass": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_OUTPUT, **_LEAVING,
            "Parameters": Field(payload, "JSONPath"),
            "Result": Field(anything, "JSONPath"),
            "ResultPath": Field(result_path, "JSONPath"),
        }
    ),
    "Task": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_RESULT, **_LEAVING,
            "Resource": Field(resource),
            "Parameters": Field(payload, "JSONPath"),
            "Arguments": Field(query(), "JSONata"),
            "Credentials": Field(credentials),
            "TimeoutSeconds": Field(_SECONDS),
            "TimeoutSecondsPath": Field(reference_path, "JSONPath"),
            "HeartbeatSeconds": Field(_SECONDS),
            "HeartbeatSecondsPath": Field(reference_path, "JSONPath"),
        },
        required=("Resource",),
        rule=whole_task,
    ),
    "Wait": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_OUTPUT, **_LEAVING,
            "Seconds": Field(computed(in_range(0, _LONGEST_WAIT))),
            "SecondsPath": Field(reference_path, "JSONPath"),
            "Timestamp": Field(computed(timestamp)),
            "TimestampPath": Field(reference_path, "JSONPath"),
        },
        rule=_wait,
    ),
    "Choice": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_OUTPUT,
            "Choices": Field(choices),
            "Default": Field(text),
        },
        required=("Choices",),
    ),
    "Parallel": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_RESULT, **_LEAVING,
            "Parameters": Field(payload, "JSONPath"),
            "Arguments": Field(query(), "JSONata"),
            "Branches": Field(anything),
        },
        required=("Branches",),
    ),
    "Map": StateType(
        {
            **_EVERY, **_INPUT_OUTPUT, **_RESULT, **_LEAVING,
            "Parameters": Field(payload, "JSONPath"),
            "ItemProcessor": Field(anything),
            "Iterator": Field(anything),
            "Items": Field(items, "JSONata"),
            "ItemsPath": Field(reference_path, "JSONPath"),
            "ItemSelector": Field(object_template),
            "ItemReader": Field(item_reader),
            "ItemBatcher": Field(item_batcher),
            "ResultWriter": Field(result_writer),
            "Label": Field(label),
            "MaxConcurrency": Field(computed(in_range(0))),
            "MaxConcurrencyPath": Field(path_of_input, "JSONPath"),
            "ToleratedFailureCount": Field(computed(in_range(0))),
            "ToleratedFailureCountPath": Field(path_of_input, "JSONPath"),
            "ToleratedFailurePercentage": Field(computed(in_range(0.0, 100.0))),
            "ToleratedFailurePercentagePath": Field(path_of_input, "JSONPath"),
        },
        rule=whole_map,
    ),
    "Succeed": StateType({**_EVERY, **_INPUT_OUTPUT, "Output": Field(query(), "JSONata")}),
    "Fail": StateType(
        {
            **_EVERY,
            "Error": Field(computed(text)),
            "Cause": Field(computed(text)),
            "ErrorPath": Field(path_or_function, "JSONPath"),
            "CausePath": Field(path_or_function, "JSONPath"),
        },
        rule=_fail,
    ),
}  # fmt: skip
