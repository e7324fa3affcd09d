"""All files of a table become one table of DuckDB, whose cells are text or NULL."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Union

import duckdb

from preparation.encoder import is_number
from preparation.engine import sql
from preparation.engine.csv_file import LATIN_1, CsvFile, begins_with
from preparation.engine.database import Database
from preparation.engine.parquet_file import MAGIC, ParquetFile
from preparation.engine.splitting import position
from preparation.errors import TableError, listed, named
from preparation.request import Request

MAX_COLUMNS = 2_000  # each takes time and memory of its own, whatever its cells are
CELLS = "cells"  # the table of SQL: a column for each of the table's, source and position
TableFile = Union[CsvFile, ParquetFile]

_FOREIGN = {
    b"PK\x03\x04": "a ZIP file or a workbook",
    b"\xd0\xcf\x11\xe0": "a workbook",
    b"\xfd7zXZ": "compressed by xz",
    b"BZh": "compressed by bzip2",
    b"\x28\xb5\x2f\xfd": "compressed by Zstandard",
    b"\xff\xfe": "text in UTF-16",
    b"\xfe\xff": "text in UTF-16",
    b"ARROW1": "Arrow or Feather",
    b"{": "JSON",
    b"[": "JSON",
    b"@relation": "ARFF",
    b"%PDF": "a PDF",
}


@dataclass(frozen=True)
class Source:
    """A file on this machine, and what messages call it."""

    name: str
    path: Path


@dataclass(frozen=True)
class Table:
    """What was loaded. `recoded` are the sources that were not UTF-8."""

    database: Database
    names: tuple[str, ...]
    nested: Mapping[str, str]
    sources: tuple[str, ...]
    recoded: tuple[str, ...]

    def cell(self, name: str) -> str:
        """The column of CELLS."""
        return f"c{self.names.index(name)}"


def load(database: Database, sources: Sequence[Source], request: Request) -> Table:
    """Raises TableError for files that are no table, or not one together."""
    files = [
        _open(_linked(source, database.folder, n), database) for n, source in enumerate(sources)
    ]
    _check_columns(files, request)
    names, recoded = files[0].names, []
    columns = ", ".join(f"c{place} VARCHAR" for place in range(len(names)))
    database.run(f"CREATE TABLE {CELLS} (source INTEGER, {columns}, position DOUBLE)")
    for number, file in enumerate(files):
        read = _read_somehow(database, file, number, names, request)
        if isinstance(read, CsvFile) and read.encoding == LATIN_1:
            recoded.append(file.source)
    nested = {name: type_ for file in files for name, type_ in _nested(file)}
    table = Table(database, names, nested, tuple(f.source for f in files), tuple(recoded))
    if database.row(f"SELECT count(*) FROM {CELLS}") == (0,):
        raise TableError(f"{table.sources[0]} has no row below its header.")
    return table


def _linked(source: Source, folder: Path, number: int) -> Source:
    """The file by a name of ours: DuckDB takes `a*.csv` for every file that it fits."""
    link = folder / f"source {number}"
    link.symlink_to(source.path.resolve())
    return replace(source, path=link)


class _Unreadable(Exception):
    """As it is."""

    def __init__(self, file: CsvFile) -> None:
        super().__init__(file.source)
        self.file = file


class _NotUtf8(_Unreadable):
    """It has to be read in another encoding."""


class _UnevenLines(_Unreadable):
    """It has to be written with lines that end alike."""


def _open(source: Source, database: Database) -> TableFile:
    if begins_with(source.path, MAGIC):
        return ParquetFile.open(source.name, source.path, database)
    for start, kind in _FOREIGN.items():
        if begins_with(source.path, start):
            raise TableError(
                f"{source.name} is {kind}. CSV with a header is read, plain or compressed by gzip, "
                "and Parquet: save it as one of them."
            )
    return CsvFile.open(source.name, source.path)


def _nested(file: TableFile) -> Iterator[tuple[str, str]]:
    yield from file.nested.items() if isinstance(file, ParquetFile) else ()


def _check_columns(files: Sequence[TableFile], request: Request) -> None:
    first, *others = files
    for file in files:
        if len(file.names) > MAX_COLUMNS:
            raise TableError(
                f"{file.source} has {len(file.names):,} columns, more than {MAX_COLUMNS:,}. Leave "
                "out what tells nothing, or write channels of it yourself."
            )
    for file in others:
        more = [name for name in file.names if name not in first.names]
        less = [name for name in first.names if name not in file.names]
        if more or less:
            of_file = f"{named(more or less)} of {(file if more else first).source}"
            raise TableError(
                f"{of_file} is not in {(first if more else file).source}. All files of a table "
                "have the same columns, in any order: rename them, or prepare the files by "
                "themselves."
            )
    numbers = any(is_number(name, ".") for name in first.names)
    hint = " If its first line is a row, write a header above it." if numbers else ""
    faults = [
        f"{option} {name!r}: {first.source} has no such column. It has "
        f"{listed(first.names, 20)}.{hint}"
        for name, option in request.columns.items()
        if name not in first.names
    ]
    if faults:
        raise TableError(*faults)


def _read_somehow(
    database: Database, file: TableFile, number: int, names: Sequence[str], request: Request
) -> TableFile:
    """Appends a file's rows to CELLS. Returns the file as it was read."""
    try:
        _read(database, file, number, names, request)
    except _NotUtf8 as fault:
        recoded = replace(fault.file, encoding=LATIN_1)
        return _read_somehow(database, recoded, number, names, request)
    except _UnevenLines as fault:
        even = fault.file.with_even_lines(database.folder)
        return _read_somehow(database, even, number, names, request)
    return file


def _read(
    database: Database, file: TableFile, number: int, names: Sequence[str], request: Request
) -> None:
    """Appends a file's rows to CELLS."""
    places = range(len(names))
    trimmed = (f"{sql.trimmed(f'f{file.names.index(names[p])}')} AS t{p}" for p in places)
    cells = (f"{sql.cell(f't{p}', request.all_missing)} AS c{p}" for p in places)
    statement = (
        f"INSERT INTO {CELLS} SELECT {number}, *, {position(names, request)} "
        f"FROM (SELECT {', '.join(cells)} FROM (SELECT {', '.join(trimmed)} FROM {file.scan}))"
    )
    try:
        database.run(statement, step=f"Reading {file.source}")
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        raise _fault(file, str(error)) from None


def _fault(file: TableFile, text: str) -> Exception:
    """DuckDB's message shows the row: of it only the number of the line is told."""
    if isinstance(file, ParquetFile):
        return TableError(f"{file.source} cannot be read as Parquet. Write it again.")
    if "not utf-8 encoded" in text and file.encoding != LATIN_1:
        return _NotUtf8(file)
    if "state machine reached an invalid state" in text and not file.even:
        return _UnevenLines(file)
    line = re.search(r"CSV Error on Line: (\d+)", text)
    place = f"{file.source}, line {line[1]}," if line else file.source
    widths = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", text)
    if widths:
        return TableError(
            f"{place} has {widths[2]} columns, and the header {widths[1]}. Write all rows with the "
            "same columns, and cells that hold a separator in quotes."
        )
    if "unterminated quote" in text:
        return TableError(f"{place} has a quote that nobody closes. Close it, or double it.")
    return TableError(
        f'{place} cannot be read as CSV. Quote cells by ", and double quotes inside of them.'
    )
