"""Splits a table into channels, row by row: nothing of it stays in memory."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from preparation.row_split import RowSplit
from tuning.data.csv_table import UnknownHeader
from tuning.data.table import Columns, Table, table_of
from tuning.data.table_format import format_of
from tuning.data.table_row import TableRow

from retune.errors import InputError
from retune.tables.table_source import TableSource

MAX_CLASSES = 20  # more labels than these are no classes
_START_BYTES = 1024 * 1024  # of an object, in which its format and two rows are looked for


@dataclass
class Channel:
    """What a channel got. `labels` is None where rows have no classes."""

    rows: int = 0
    labels: Counter[str] | None = field(default_factory=Counter)

    def add(self, row: TableRow) -> None:
        self.rows += 1
        if self.labels is None:
            return
        if row.label is None or (row.label not in self.labels and len(self.labels) == MAX_CLASSES):
            self.labels = None
        else:
            self.labels[row.label] += 1


@dataclass(frozen=True)
class TableSplit:
    """A table with what each channel got of it."""

    table: Table
    channels: Mapping[str, Channel]

    @property
    def rows(self) -> int:
        return sum(channel.rows for channel in self.channels.values())

    @property
    def classes(self) -> list[str]:
        """The labels of all channels, when they are few."""
        counted = [channel.labels for channel in self.channels.values()]
        if any(labels is None for labels in counted):
            return []
        found = sorted({label for labels in counted for label in labels or ()})
        return found if len(found) <= MAX_CLASSES else []


def split_table(source: TableSource, by: RowSplit, columns: Columns, folder: Path) -> TableSplit:
    """Writes a file a channel into the folder.

    Raises InputError, which names the object: for what is no such table, and for an empty channel.
    """
    names = source.names()
    with _naming(names[0]):
        table = table_of(_start(source, names[0]), columns)
    channels = {name: Channel() for name in by.channels}
    with ExitStack() as files:
        written = {}
        for name in channels:
            (folder / name).mkdir()
            written[name] = files.enter_context(open(folder / name / f"rows{table.suffix}", "xb"))
            written[name].write(table.header)
        seen: set[bytes] = set()  # two at most: whether there is more than one
        for row in _rows(source, names, table):
            if len(seen) < 2:
                seen.add(row.identity)
            name = by.channel_of(row.identity)
            written[name].write(row.content)
            channels[name].add(row)
    found = TableSplit(table, channels)
    _check_channels(found, one_group=columns.group if len(seen) == 1 else None)
    return found


def _rows(source: TableSource, names: Sequence[str], table: Table) -> Iterator[TableRow]:
    for name in names:
        with _naming(name):
            found = format_of(_start(source, name))
            if found is not table.data_format:
                raise ValueError(f"it is {found}, and {names[0]} is {table.data_format}")
            with source.open(name) as stream:
                yield from table.rows(stream)


def _start(source: TableSource, name: str) -> bytes:
    with source.open(name) as stream:
        return stream.read(_START_BYTES)


@contextmanager
def _naming(name: str) -> Iterator[None]:
    """Makes a refusal of the object's content one of the command's."""
    try:
        yield
    except UnknownHeader as fault:
        raise InputError(f"{name}: {fault}. Say --header or --no-header.") from None
    except ValueError as fault:
        raise InputError(f"{name}: {fault}.") from None


def _check_channels(found: TableSplit, one_group: str | None) -> None:
    empty = [name for name, channel in found.channels.items() if not channel.rows]
    if not empty:
        return
    if one_group is not None and found.rows:
        raise InputError(
            f"--group {one_group!r}: all {found.rows} rows are of one group, which stays together. "
            "Group by a column with more values, or leave --group out."
        )
    raise InputError(
        f"No row would be in {' and '.join(empty)}: there are too few for these shares, "
        f"{found.rows} rows, of which equal ones and those of a group stay together. Give more "
        "rows, larger shares or another --salt."
    )
