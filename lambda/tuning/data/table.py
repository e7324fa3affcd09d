"""A table of one or more objects, read row by row: CSV, libsvm or recordio-protobuf.

No more than a row is in memory. Each reader raises ValueError, in words that name the line and
never its content, for what is no row of the table.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from tuning.data.csv_table import CsvTable
from tuning.data.data_format import DataFormat
from tuning.data.recordio import read_records
from tuning.data.table_format import format_of
from tuning.data.table_row import TableRow, read_lines

QUERY = "qid"  # what libsvm can be grouped by


class Table(Protocol):
    """What the first object tells of all: how their rows are read and written."""

    @property
    def data_format(self) -> DataFormat: ...

    @property
    def suffix(self) -> str: ...

    @property
    def header(self) -> bytes: ...

    def rows(self, stream: BinaryIO) -> Iterator[TableRow]: ...


@dataclass(frozen=True)
class Columns:
    """What a person says of a table: whether it has a header, and which columns matter."""

    has_header: bool | None = None  # None: to be found out
    group: str | None = None  # name or number, from 0, of a column; or qid
    label: str | None = None


def table_of(start: bytes, columns: Columns) -> Table:
    """The table whose first object begins so.

    Raises ValueError, in words, for a format that is not read and for a column that is not there.
    """
    data_format = format_of(start)
    if data_format is DataFormat.CSV:
        return CsvTable.of(start, columns.has_header, columns.group, columns.label)
    if columns.label is not None or columns.has_header:
        raise ValueError(f"{data_format} has neither header nor columns; the label has its place")
    if data_format is DataFormat.RECORDIO:
        if columns.group is not None:
            raise ValueError(f"{data_format} has no columns to group its rows by")
        return RecordioTable()
    if columns.group not in (None, QUERY):
        raise ValueError(f"{data_format} has no column {columns.group!r}: group it by {QUERY}")
    return LibsvmTable(by_query=columns.group is not None)


@dataclass(frozen=True)
class LibsvmTable:
    """`label qid:1 1:0.5 4:2`, a row a line; what follows a # is no part of the row."""

    data_format = DataFormat.LIBSVM
    suffix = ".libsvm"
    header = b""

    by_query: bool

    def rows(self, stream: BinaryIO) -> Iterator[TableRow]:
        for number, line in enumerate(read_lines(stream), start=1):
            tokens = line.partition(b"#")[0].split()
            if not tokens:
                continue
            if any(b":" not in token for token in tokens[1:]):
                raise ValueError(f"line {number} has a feature that is no index:value")
            label = tokens[0].partition(b":")[0].decode(errors="replace")
            identity = _query(tokens, number) if self.by_query else b" ".join(tokens)
            yield TableRow(line.rstrip(b"\r\n") + b"\n", identity, label)


def _query(tokens: Iterable[bytes], line: int) -> bytes:
    beginning = f"{QUERY}:".encode()
    query = next((token for token in tokens if token.startswith(beginning)), None)
    if query is None:
        raise ValueError(f"line {line} has no {QUERY}")
    return query


@dataclass(frozen=True)
class RecordioTable:
    """Records of protocol buffers, as `tuning.data.recordio` reads them."""

    data_format = DataFormat.RECORDIO
    suffix = ".pbr"
    header = b""

    def rows(self, stream: BinaryIO) -> Iterator[TableRow]:
        for record in read_records(stream):
            yield TableRow(record.content, record.content, f"{record.label:g}")
