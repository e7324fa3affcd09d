"""A row of a table, and the lines that it is read from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

MAX_LINE_BYTES = 10_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"


class TableRow(NamedTuple):
    """`identity` is what equal rows have in common, or all rows of a group."""

    content: bytes  # as it is written, with the end of its line
    identity: bytes
    label: str | None


def read_lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines with their ends, without a byte order mark. Raises ValueError for one too long."""
    number = 0
    while line := stream.readline(MAX_LINE_BYTES + 1):
        number += 1
        if len(line) > MAX_LINE_BYTES:
            raise ValueError(f"line {number} is longer than {MAX_LINE_BYTES:,} bytes")
        yield line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line


def without_mark(lines: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of an object without a byte order mark, which XGBoost's training skips."""
    for number, line in enumerate(lines):
        yield line if number else line.removeprefix(BYTE_ORDER_MARK)
