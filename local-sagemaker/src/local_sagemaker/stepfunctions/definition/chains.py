"""Machines, branches and item processors: objects with StartAt and States."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.stepfunctions.definition.machine import Language
from local_sagemaker.stepfunctions.definition.map_fields import processor_config, runs_express
from local_sagemaker.stepfunctions.definition.place import Fault, Place
from local_sagemaker.stepfunctions.definition.states import state_faults
from local_sagemaker.stepfunctions.definition.values import (
    Field,
    anything,
    in_range,
    object_faults,
    one_of,
    text,
)

_LONGEST_NAME = 80
_BRANCH = {"Comment": Field(text), "StartAt": Field(text), "States": Field(anything)}
_MACHINE = {
    **_BRANCH,
    "QueryLanguage": Field(one_of("JSONPath", "JSONata")),
    "TimeoutSeconds": Field(in_range(0, 99_999_999)),
    "Version": Field(one_of("1.0")),
}
_PROCESSOR = {**_BRANCH, "ProcessorConfig": Field(processor_config)}
_REQUIRED = ("States", "StartAt")


@dataclass
class Seen:
    """Names that may be there once in the whole machine."""

    states: set[str] = field(default_factory=set)
    labels: set[str] = field(default_factory=set)


def machine_faults(said: dict[str, Any], express: bool) -> Iterator[Fault]:
    """Faults of what is said of a machine, but for where its states lead."""
    language = language_of(said, "JSONPath")
    place = Place(language=language, machine=language, express=express)
    yield from object_faults(said, place, _MACHINE, _REQUIRED)
    yield from _states_faults(said, place, Seen())


def language_of(said: dict[str, Any], default: Language) -> Language:
    """JSONPath only where exactly this is said: anything else that is said counts as JSONata."""
    return "JSONPath" if said.get("QueryLanguage", default) == "JSONPath" else "JSONata"


def _states_faults(said: Any, place: Place, seen: Seen) -> Iterator[Fault]:
    if not isinstance(said, dict) or "States" not in said:
        return
    states, here = said["States"], place.field("States")
    if not isinstance(states, dict):
        yield here.fault("Expected value of type [OBJECT]")
    elif not states:
        yield here.fault("Value cannot be empty")
    else:
        for name, state in states.items():
            yield from _named_state_faults(name, state, here.field(name), seen)


def _named_state_faults(name: str, state: Any, place: Place, seen: Seen) -> Iterator[Fault]:
    if len(name) > _LONGEST_NAME:
        reason = f"exceeds the {_LONGEST_NAME}-character limit allowed by the service"
        yield place.fault(f"Invalid State name: '{name}' {reason}", "INVALID_STATE_NAME")
    if name in seen.states:
        yield place.fault(f"Duplicate State name: {name}", "DUPLICATE_STATE_NAME")
    seen.states.add(name)
    if not isinstance(state, dict):
        yield from state_faults(state, place)
        return
    yield from state_faults(state, place.of(language=language_of(state, place.machine)))
    label = state.get("Label")
    if isinstance(label, str) and label in seen.labels:
        message = f"Duplicate Label name: {label}"
        yield place.field("Label").fault(message, "DUPLICATE_LABEL_NAME")
    elif isinstance(label, str):
        seen.labels.add(label)
    yield from _inner_faults(state, place, seen)


def _inner_faults(state: dict[str, Any], place: Place, seen: Seen) -> Iterator[Fault]:
    """Of states inside a state, which speak the machine's language if they do not say another."""
    if "Branches" in state and state.get("Type") == "Parallel":
        branches, here = state["Branches"], place.field("Branches")
        if not isinstance(branches, list):
            yield here.fault("Expected value of type [ARRAY]")
        elif not branches:
            yield here.fault("Value cannot be empty")
        else:
            for number, branch in enumerate(branches):
                yield from object_faults(branch, here.item(number), _BRANCH, _REQUIRED)
                yield from _states_faults(branch, here.item(number), seen)
    for name in ("ItemProcessor", "Iterator") if state.get("Type") == "Map" else ():
        if name in state:
            here = place.field(name)
            yield from object_faults(state[name], here, _PROCESSOR, _REQUIRED)
            inner = here.of(express=place.express or runs_express(state))
            yield from _states_faults(state[name], inner, seen)
