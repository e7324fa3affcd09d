"""The committed form of a state machine: JSON in which what is short stands on one line."""

from __future__ import annotations

import json
from typing import Any

WIDTH = 100  # columns


def asl_text(definition: dict[str, Any]) -> str:
    """The definition as text, its members in their order; ends with a newline."""
    return _text(definition, indent=0, taken=0) + "\n"


def _text(node: Any, *, indent: int, taken: int) -> str:
    """`taken` columns stand on the line already: the indentation and the member's name."""
    line = json.dumps(node)
    if not isinstance(node, dict | list) or not node or taken + len(line) < WIDTH:
        return line
    if isinstance(node, list) and len(node) == 1:  # as most Retry and Catch blocks are
        return f"[{_text(node[0], indent=indent, taken=taken + 1)}]"
    inside, brackets = indent + 2, "{}" if isinstance(node, dict) else "[]"
    lines = (
        [_member(name, value, inside) for name, value in node.items()]
        if isinstance(node, dict)
        else _elements(node, inside)
    )
    return f"{brackets[0]}\n" + ",\n".join(lines) + f"\n{' ' * indent}{brackets[1]}"


def _elements(node: list[Any], indent: int) -> list[str]:
    """A line each, but as many strings on a line as it takes."""
    if not all(isinstance(value, str) for value in node):
        return [" " * indent + _text(value, indent=indent, taken=indent) for value in node]
    lines = [" " * indent + json.dumps(node[0])]
    for value in map(json.dumps, node[1:]):
        longer = f"{lines[-1]}, {value}"
        if len(longer) < WIDTH:
            lines[-1] = longer
        else:
            lines.append(" " * indent + value)
    return lines


def _member(name: str, value: Any, indent: int) -> str:
    start = f"{' ' * indent}{json.dumps(name)}: "
    return start + _text(value, indent=indent, taken=len(start))
