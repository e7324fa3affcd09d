"""The variables that a JSONata expression reads, as jsonata-python parses it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jsonata.jsonata import Jsonata

Path = tuple[str, ...]  # a variable without its $, and names of members


@dataclass(frozen=True)
class Read:
    """A path that an expression reads, and the paths that it asks $exists about."""

    path: Path
    asked: frozenset[Path]

    @property
    def may_be_absent(self) -> bool:
        return any(self.path[: len(asked)] == asked for asked in self.asked)


def reads(expression: str) -> list[Read]:
    """Every path that begins with a variable."""
    tree = Jsonata(expression).ast
    asked = frozenset(asked_for(expression))
    return [Read(path, asked) for path in _paths(tree)]


def asked_for(expression: str) -> set[Path]:
    """The paths that an expression asks $exists about; none of an empty one."""
    if not expression:
        return set()
    calls = (node for node in _nodes(Jsonata(expression).ast) if _is_exists(node))
    return {path for call in calls for path in _paths(call.arguments)}


def _is_exists(node: Any) -> bool:
    procedure = getattr(node, "procedure", None)
    return procedure is not None and _first(procedure) == "exists"


def _first(node: Any) -> Any:
    return node.steps[0].value if getattr(node, "steps", None) else node.value


def _paths(tree: Any) -> Iterator[Path]:
    for node in _nodes(tree):
        if node.type == "path" and node.steps[0].type == "variable":
            yield tuple(step.value for step in node.steps if step.type in ("variable", "name"))


def _nodes(tree: Any) -> Iterator[Any]:
    """Every symbol of the tree; what a member is named differs from kind to kind."""
    if isinstance(tree, list | tuple):
        for part in tree:
            yield from _nodes(part)
    elif hasattr(tree, "lbp"):
        yield tree
        for name, value in vars(tree).items():
            if name != "_outer_instance":
                yield from _nodes(value)
