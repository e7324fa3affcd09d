"""The states of a definition as one graph, those inside Maps and Parallels too."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Edge:
    """A way from one state into another; `condition` is the Choice rule's, JSONata."""

    source: str
    target: str
    condition: str = ""


def all_states(machine: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Every state by its name, which is one of a kind in a definition."""
    found = {}
    for name, state in machine["States"].items():
        found[name] = state
        for inner in _inner(state):
            found |= all_states(inner)
    return found


def edges(machine: dict[str, Any]) -> Iterator[Edge]:
    """Every way; into a Map or a Parallel one goes by its own name."""
    for name, state in all_states(machine).items():
        for key in ("Next", "Default"):
            if key in state:
                yield Edge(name, state[key])
        for rule in (*state.get("Catch", []), *state.get("Choices", [])):
            yield Edge(name, rule["Next"], _expression(rule.get("Condition", "")))
        for inner in _inner(state):
            yield Edge(name, inner["StartAt"])


def reached(start: str, ways: list[Edge]) -> set[str]:
    """The states that can be entered from `start` on, itself too."""
    found, waiting = set[str](), [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [way.target for way in ways if way.source == name]
    return found


def expressions(state: dict[str, Any]) -> Iterator[str]:
    """The JSONata of a state, without that of the states inside it."""
    own = {key: value for key, value in state.items() if key not in ("Branches", "ItemProcessor")}
    yield from _in(own)


def _in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from _in(value)
    elif isinstance(node, list):
        for value in node:
            yield from _in(value)
    elif isinstance(node, str) and node.startswith("{%"):
        yield _expression(node)


def _expression(text: str) -> str:
    return text.removeprefix("{%").removesuffix("%}").strip()


def _inner(state: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        *state.get("Branches", []),
        *([state["ItemProcessor"]] if "ItemProcessor" in state else []),
    ]
