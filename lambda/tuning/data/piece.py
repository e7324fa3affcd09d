"""A part of an object that was read, and what is said of its lines."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from tuning.errors import Fault


@dataclass(frozen=True)
class Piece:
    """`content` stands `offset` bytes after the text of an object of `size` bytes."""

    field: str  # of the input: Channels.train
    uri: str
    content: bytes
    offset: int
    size: int

    @property
    def begins(self) -> bool:
        """Whether it holds the text of the object."""
        return self.offset == 0

    @property
    def ends(self) -> bool:
        """Whether it holds the end of the object."""
        return self.offset + len(self.content) >= self.size

    def line(self, number: int) -> str:
        """A line for a person; where lines before it were not read, they are not counted."""
        return f"Line {number}" if self.begins else f"Line {number} after byte {self.offset:,}"

    @property
    def text(self) -> str:
        """Its text, whole lines or not."""
        return self.content.decode("utf-8-sig", errors="replace")

    def lines(self) -> Iterator[tuple[int, str]]:
        """The numbers, from 1, and texts of lines that are there as a whole and are not empty."""
        texts = self.text.split("\n")
        whole = slice(0 if self.begins else 1, None if self.ends else -1)
        numbered = [*enumerate(texts, start=1)][whole]
        return ((number, text.rstrip("\r")) for number, text in numbered if text.rstrip("\r"))

    def fault(self, rule: str, fix: str) -> Fault:
        """About the object."""
        return Fault(self.field, self.uri, rule, fix)
