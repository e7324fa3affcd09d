"""What is refused of a state as such: its type, its language, and how it is left."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.state_types import STATE_TYPES
from local_sagemaker.stepfunctions.definition.values import is_downgrade, object_faults

TYPES = ("Task", "Wait", "Pass", "Succeed", "Fail", "Choice", "Parallel", "Map")


def state_faults(said: Any, place: Place) -> Iterator[Fault]:
    """Faults of one state's own fields."""
    if not isinstance(said, dict):
        yield place.fault("Expected value of type [OBJECT]")
        return
    if is_downgrade(place):
        yield place.fault(
            "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine"
        )
    if "Type" not in said:
        yield place.fault("These fields are required: [Type]")
        return
    kind = said["Type"]
    if kind not in TYPES:
        listed_types = ", ".join(TYPES)
        message = f"The field 'Type' should have one of these values: [{listed_types}]"
        yield place.field("Type").fault(message)
        return
    state_type = STATE_TYPES[kind]
    yield from object_faults(said, place, state_type.fields, state_type.required)
    if "Next" in state_type.fields:
        yield from _leaving_faults(said, place)
    yield from state_type.rule(said, place)


def _leaving_faults(said: dict[str, Any], place: Place) -> Iterator[Fault]:
    ends = said.get("End") is not False and "End" in said
    if "Next" in said and ends:
        yield place.fault("There should only be one of the following fields: [Next, End]")
    elif "Next" not in said and not ends:
        yield place.fault("This object should have only one of the following fields: [Next, End]")
