"""The arrows of a state machine's graph, also those into and out of Parallel and Map."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Edge:
    """An arrow between two states that hold no others.

    `leaves` and `enters` are the frames of the Parallel or Map at whose edge it begins or ends;
    `plain` is the way of a state that has no other way on.
    """

    source: str
    target: str
    label: str = ""
    on_error: bool = False
    leaves: str = ""
    enters: str = ""
    plain: bool = False


def edges(scope: dict[str, Any]) -> list[Edge]:
    """In the order of the states, those within a state before those that leave it."""
    return list(_edges(scope))


def _edges(scope: dict[str, Any]) -> Iterator[Edge]:
    states = scope["States"]
    for name, state in states.items():
        for inner in inner_scopes(state):
            yield from _edges(inner)
        source, leaves = _end(name, state)
        for edge in _ways_out(name, state):
            target, enters = _start(edge.target, states[edge.target])
            yield replace(edge, source=source, target=target, leaves=leaves, enters=enters)


def _ways_out(name: str, state: dict[str, Any]) -> Iterator[Edge]:
    for choice in state.get("Choices", ()):
        yield Edge(name, choice["Next"])  # the conditions would make the picture too wide to read
    for member in ("Next", "Default"):
        if member in state:
            yield Edge(name, state[member], plain=member == "Next")
    for catch in state.get("Catch", ()):
        errors = [error for error in catch["ErrorEquals"] if error != "States.ALL"]
        yield Edge(name, catch["Next"], ", ".join(errors), on_error=True)


def state_names(scope: dict[str, Any]) -> Iterator[str]:
    """In the order of the file."""
    for name, state in scope["States"].items():
        yield name
        for inner in inner_scopes(state):
            yield from state_names(inner)


def inner_scopes(state: dict[str, Any]) -> list[dict[str, Any]]:
    """The branches of a Parallel, the processor of a Map."""
    return [*state.get("Branches", ()), *filter(None, [state.get("ItemProcessor")])]


def _start(name: str, state: dict[str, Any]) -> tuple[str, str]:
    """The state at which an arrow to this one ends, and the frame whose edge it touches."""
    for inner in inner_scopes(state):
        first = inner["StartAt"]
        return _start(first, inner["States"][first])[0], f"cluster_{name}"
    return name, ""


def _end(name: str, state: dict[str, Any]) -> tuple[str, str]:
    """The state at which an arrow from this one begins, and the frame whose edge it touches."""
    for inner in inner_scopes(state):
        last = next(name for name, each in inner["States"].items() if each.get("End"))
        return _end(last, inner["States"][last])[0], f"cluster_{name}"
    return name, ""


def without_choices(definition: dict[str, Any], drawn: list[Edge]) -> list[Edge]:
    """The edges without the box's Choice and Wait states, whose ways in lead on to the ways out."""
    for name in _decisions_within(definition):
        into = [edge for edge in drawn if edge.target == name and edge.source != name]
        out = [edge for edge in drawn if edge.source == name and edge.target != name]
        kept = [edge for edge in drawn if name not in (edge.source, edge.target)]
        through = [replace(way, target=on.target, enters=on.enters) for way in into for on in out]
        drawn = kept + through
    plain = (replace(edge, label="") for edge in drawn if edge.source != edge.target)
    return list(dict.fromkeys(plain))


def _decisions_within(scope: dict[str, Any]) -> Iterator[str]:
    """Of the states in Parallel and Map."""
    for state in scope["States"].values():
        for inner in inner_scopes(state):
            yield from (
                name for name, each in inner["States"].items() if each["Type"] in ("Choice", "Wait")
            )
            yield from _decisions_within(inner)
