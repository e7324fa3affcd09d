"""The commands of a document, each with what the document says that they print."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_FENCED = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]")
# Whatever has a digit in it may be another one tomorrow: numbers, names of jobs, times, curves.
_VARIABLE = re.compile(r"[^\s|│,;()]*[0-9▁▂▃▄▅▆▇█][^\s|│,;()]*")
_REST = "..."  # in a document: any number of lines; at the end of a line, the rest of it


@dataclass(frozen=True)
class Block:
    """Some commands and the lines that they print; None when the document does not show them."""

    commands: str
    printed: str | None

    @property
    def is_refused(self) -> bool:
        """Whether the last command ends with an error, as the document shows."""
        lines = (self.printed or "").splitlines()
        return any(line.startswith(("Error: ", "Fault: ")) for line in lines)


def blocks_of(document: Path) -> Iterator[Block]:
    """The fences ``sh`` in order; a fence ``text`` right after one is what it prints."""
    text = document.read_text()
    fences = list(_FENCED.finditer(text))
    for place, fence in enumerate(fences):
        if fence[1] == "sh":
            follows = fences[place + 1] if place + 1 < len(fences) else None
            shown = follows if follows and follows[1] == "text" else None
            yield Block(fence[2], shown[2] if shown else None)


def looks_like(printed: str, expected: str) -> bool:
    """Whether the lines are those of the document but for numbers, names and `...`."""
    return _matches(_shapes(printed), _shapes(expected))


def _shapes(text: str) -> list[str]:
    lines = _ESCAPES.sub("", text).replace("\r", "").splitlines()
    shapes = (" ".join(_VARIABLE.sub("#", line).split()) for line in lines)
    return [shape for shape in shapes if shape]


def _matches(lines: Sequence[str], expected: Sequence[str]) -> bool:
    if not expected:
        return not lines
    if expected[0] == _REST:
        return any(_matches(lines[skipped:], expected[1:]) for skipped in range(len(lines) + 1))
    return bool(lines) and _same(lines[0], expected[0]) and _matches(lines[1:], expected[1:])


def _same(line: str, expected: str) -> bool:
    if expected.endswith(_REST):
        return line.startswith(expected.removesuffix(_REST).rstrip())
    return line == expected
