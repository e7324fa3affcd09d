"""Paths to a value in the description of a step, or in a JSON file: `A.B['c'].D[0].E`."""

from __future__ import annotations

import re
from typing import Any

_PART = re.compile(r"\.?([^.\[\]'\"*?@()]+)|\[(\d+)\]|\[(['\"])(.*?)\3\]")


class NoSuchValue(Exception):
    """The path leads nowhere."""


def parts_of(path: str) -> list[str | int]:
    """The members and positions that a path goes through; `$.` before it means nothing.

    Raises:
        ValueError: a path of another form.
    """
    rest = re.sub(r"^\$\.?", "", path)
    parts: list[str | int] = []
    while rest:
        match = _PART.match(rest)
        if match is None:
            raise ValueError(path)
        name, position, _, quoted = match.groups()
        parts.append(int(position) if position else name if name is not None else quoted)
        rest = rest[match.end() :]
    return parts


def value_at(holder: Any, path: str) -> Any:
    """What the path leads to.

    A list is entered by position, or by the name of an element: `Outputs['train']` is the one whose
    OutputName is train.

    Raises:
        NoSuchValue: the path leads nowhere.
        ValueError: it is none.
    """
    for part in parts_of(path):
        holder = _member(holder, part)
    return holder


def _member(holder: Any, part: str | int) -> Any:
    if isinstance(holder, dict) and part in holder:
        return holder[part]
    if isinstance(holder, list):
        if isinstance(part, int) and part < len(holder):
            return holder[part]
        for element in holder:
            if isinstance(element, dict) and part in _names(element):
                return element
    raise NoSuchValue(str(part))


def _names(element: dict[str, Any]) -> list[Any]:
    return [value for member, value in element.items() if member.endswith("Name")]
