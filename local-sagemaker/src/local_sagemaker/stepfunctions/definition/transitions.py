"""Where states lead: to states that are there, so that all are reached and the machine ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from local_sagemaker.stepfunctions.definition.place import Fault, Place

MISSING = "MISSING_TRANSITION_TARGET"
_LAST = ("Succeed", "Fail")


def transition_faults(said: dict[str, Any]) -> Iterator[Fault]:
    """Faults between the states of a machine, whose own fields are right.

    That states are out of reach is not told of a machine without an end, which must be there in
    the machine itself alone: a branch may loop for ever.
    """
    states = said["States"]
    has_end = any(_is_last(state) for state in states.values())
    yield from _chain_faults(said, Place(), reachable=has_end)
    if not has_end:
        yield Fault("MISSING_END_STATE", "Workflow has no terminal state", None)


def _chain_faults(said: dict[str, Any], place: Place, reachable: bool = True) -> Iterator[Fault]:
    states = said["States"]
    for target, where in _targets(said, place):
        if target not in states:
            yield where.fault(f"Missing 'Next' target: {target}", MISSING)
    reached = _reached(said)
    for name in states if reachable else ():
        if name not in reached:
            here = place.field("States").field(name)
            yield here.fault(f'State "{name}" is not reachable.', MISSING)
    for name, state in states.items():
        for inner, where in inner_chains(state, place.field("States").field(name)):
            yield from _chain_faults(inner, where)


def inner_chains(state: Mapping[str, Any], place: Place) -> Iterator[tuple[dict[str, Any], Place]]:
    """Branches or item processor of a state, with their places."""
    for number, branch in enumerate(state.get("Branches", [])):
        yield branch, place.field("Branches").item(number)
    for name in ("ItemProcessor", "Iterator"):
        if name in state:
            yield state[name], place.field(name)


def _targets(said: dict[str, Any], place: Place) -> Iterator[tuple[str, Place]]:
    yield said["StartAt"], place.field("StartAt")
    for name, state in said["States"].items():
        yield from leads_to(state, place.field("States").field(name))


def leads_to(state: dict[str, Any], place: Place) -> Iterator[tuple[str, Place]]:
    """The states that may come after one, and where it says so."""
    if "Next" in state:
        yield state["Next"], place.field("Next")
    for field in ("Choices", "Catch"):
        for number, rule in enumerate(state.get(field, [])):
            yield rule["Next"], place.field(field).item(number).field("Next")
    if "Default" in state:
        yield state["Default"], place.field("Default")


def _reached(said: dict[str, Any]) -> set[str]:
    states = said["States"]
    reached: set[str] = set()
    ahead = [said["StartAt"]]
    while ahead:
        name = ahead.pop()
        if name in states and name not in reached:
            reached.add(name)
            ahead += [target for target, _ in leads_to(states[name], Place())]
    return reached


def _is_last(state: dict[str, Any]) -> bool:
    return state["Type"] in _LAST or state.get("End") is True
