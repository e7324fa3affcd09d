"""A table in CSV, with a header or without: quoted cells may hold separators and ends of lines."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice
from typing import BinaryIO

from tuning.algorithms.valid_range import number
from tuning.data.csv_cells import MISSING
from tuning.data.csv_sample import delimiter_of
from tuning.data.data_format import DataFormat
from tuning.data.table_row import TableRow, read_lines

_MAX_LINES = 10_000  # of a row: more is a quote that nobody closed
_ENCODING = "utf-8", "surrogateescape"  # any bytes come out as they went in
_QUOTED = re.compile(rb'"[^"]*(?:"|$)')


class UnknownHeader(ValueError):
    """Whether the first line is a header must be said: it may as well be a row."""


@dataclass(frozen=True)
class CsvTable:
    """What the first object tells of all."""

    data_format = DataFormat.CSV
    suffix = ".csv"

    delimiter: str
    names: tuple[str, ...] | None  # of the columns, when there is a header
    header: bytes
    width: int
    group: int | None
    label: int | None

    @classmethod
    def of(
        cls, start: bytes, has_header: bool | None, group: str | None, label: str | None
    ) -> CsvTable:
        """`group` and `label` are names of columns, or their numbers from 0.

        Raises UnknownHeader, and ValueError, in words, when a column is not there.
        """
        unquoted = _QUOTED.sub(b"", start).lstrip(b"\r\n").partition(b"\n")[0]
        delimiter = delimiter_of(unquoted.decode(*_ENCODING))
        rows = [*islice(_read(BytesIO(start), delimiter), 2)]
        if not rows:
            raise ValueError("it holds no row")
        (_, line, first), below = rows[0], rows[1][2] if len(rows) > 1 else []
        if has_header is None:
            has_header = _is_header(first, below, {group, label})
        names = tuple(cell.strip() for cell in first) if has_header else None
        return cls(
            delimiter=delimiter,
            names=names,
            header=line if has_header else b"",
            width=len(first),
            group=_column(group, names, len(first)),
            label=_column(_first_number(first) if label is None else label, names, len(first)),
        )

    def rows(self, stream: BinaryIO) -> Iterator[TableRow]:
        """Raises ValueError, in words, for a row of another width and for another header."""
        rows = _read(stream, self.delimiter)
        if self.names:
            self._check_header(next(rows, None))
        for line, content, cells in rows:
            if len(cells) != self.width:
                raise ValueError(f"line {line} has {len(cells)} columns, not {self.width}")
            label = None if self.label is None else cells[self.label].strip()
            yield TableRow(content, self._identity(cells), label)

    def _check_header(self, first: tuple[int, bytes, list[str]] | None) -> None:
        if first and tuple(cell.strip() for cell in first[2]) != self.names:
            raise ValueError(f"line {first[0]} is not the header of the first file")

    def _identity(self, cells: Sequence[str]) -> bytes:
        """Cells as they read, quoted or not. A group's number is one number: 7, 07 and 7.0."""
        if self.group is None:
            return json.dumps(cells).encode()
        cell = cells[self.group].strip()
        value = number(cell)
        return (cell if value is None else str(value.normalize())).encode(*_ENCODING)


def _read(stream: BinaryIO, delimiter: str) -> Iterator[tuple[int, bytes, list[str]]]:
    """Line, content and cells of each row; lines without anything are none."""
    taken: list[bytes] = []

    def lines() -> Iterator[str]:
        for line in read_lines(stream):
            taken.append(line)
            if len(taken) > _MAX_LINES:
                raise csv.Error
            yield line.decode(*_ENCODING)

    reader = csv.reader(lines(), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error:
            raise ValueError(
                f"line {line} is no CSV: a quote or an end of a line is where none can be"
            ) from None
        if cells is None:
            return
        content = b"".join(taken).rstrip(b"\r\n")
        taken.clear()
        if content.strip():
            yield line, content + b"\n", cells


def _is_header(first: Sequence[str], below: Sequence[str], asked: Collection[str | None]) -> bool:
    """Certain when there are names over numbers, or when a column is asked for by its name."""
    if any(name in first for name in asked if name and not name.isdecimal()):
        return True
    numbers = [number(cell) is not None for cell in first]
    texts = [cell.strip().lower() not in MISSING for cell in first]
    over_a_number = any(
        number(cell) is not None and text and not is_number
        for cell, text, is_number in zip(below, texts, numbers, strict=False)
    )
    if all(texts) and not any(numbers) and over_a_number:
        return True
    if any(numbers) and not over_a_number:
        return False
    raise UnknownHeader("whether its first line is a header cannot be told from it")


def _first_number(first: Sequence[str]) -> str | None:
    """The label's column where nobody names it: the algorithms have it first, without a header."""
    return "0" if number(first[0]) is not None else None


def _column(asked: str | None, names: Sequence[str] | None, width: int) -> int | None:
    if asked is None:
        return None
    if names and names.count(asked) == 1:
        return names.index(asked)
    if names and names.count(asked) > 1:
        raise ValueError(f"its header has the column {asked!r} more than once: give its number")
    if asked.isdecimal() and len(asked) < 10 and int(asked) < width:
        return int(asked)
    where = "a name of its header" if names else "it has no header, so that columns have numbers"
    raise ValueError(f"there is no column {asked!r}: {where}, from 0 to {width - 1}")
