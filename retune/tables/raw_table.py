"""A table with a header, row by row, as `retune prepare` reads it."""

from __future__ import annotations

import codecs
import csv
import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from preparation.engine.csv_file import LATIN_1, UTF_8, CsvFile, begins_with
from preparation.engine.database import open_database
from preparation.engine.parquet_file import MAGIC, ParquetFile
from preparation.errors import TableError

from retune.errors import InputError
from retune.tables.json_rows import has_columns, is_json, read_json_rows

_CHUNK = 1024 * 1024


@dataclass(frozen=True)
class RawRow:
    """A row by its columns. `place` is what messages call it: line 7 of CSV, row 6 of others."""

    place: str
    cells: Mapping[str, Any]


def is_parquet(path: Path) -> bool:
    return begins_with(path, MAGIC)


def header_of(source: str, path: Path) -> tuple[str, ...]:
    """The names of the columns; of CSV whatever its first row holds.

    Raises:
        InputError: it cannot be read as a table.
    """
    if is_json(path):
        return tuple({name: None for row in _json_objects(source, path) for name in row})
    try:
        if not is_parquet(path):
            return CsvFile.open(source, path, _encoding(path)).names
        with open_database(lambda step, share: None) as database:
            return ParquetFile.open(source, path, database).names
    except TableError as fault:
        raise InputError(str(fault)) from fault


def raw_rows(source: str, path: Path) -> Iterator[RawRow]:
    """All rows below the header. Raises InputError for a row that is not as wide as that.

    What an object of JSON leaves out is missing.
    """
    if is_json(path):
        return _of_json(source, path)
    return _of_parquet(source, path) if is_parquet(path) else _of_csv(source, path)


def _of_json(source: str, path: Path) -> Iterator[RawRow]:
    names = header_of(source, path)
    for number, row in enumerate(_json_objects(source, path), start=1):
        yield RawRow(f"row {number}", {name: row.get(name) for name in names})


def _json_objects(source: str, path: Path) -> list[dict[str, Any]]:
    rows = read_json_rows(source, path)
    if not has_columns(rows):
        raise InputError(f"{source} has rows of lists: give objects by column, or --no-header.")
    return rows


def _of_csv(source: str, path: Path) -> Iterator[RawRow]:
    table = CsvFile.open(source, path, _encoding(path))
    opened = gzip.open if table.compressed else open
    with opened(path, "rt", encoding=table.encoding, newline="") as file:
        lines = csv.reader(file, delimiter=table.delimiter, skipinitialspace=True)
        try:
            rows = filter(None, lines)  # without empty lines
            next(rows)
            for cells in rows:
                place = f"line {lines.line_num}"
                if len(cells) != len(table.names):
                    raise InputError(
                        f"{source}, {place}, has {len(cells)} columns, and the header "
                        f"{len(table.names)}. Write all rows with the same columns."
                    )
                yield RawRow(place, dict(zip(table.names, cells, strict=True)))
        except csv.Error as error:
            raise InputError(f"{source}, line {lines.line_num}, is no CSV: {error}.") from error


def _of_parquet(source: str, path: Path) -> Iterator[RawRow]:
    with open_database(lambda step, share: None) as database:
        table = ParquetFile.open(source, path, database)
        for number, cells in enumerate(database.rows(f"SELECT * FROM {table.scan}"), start=1):
            yield RawRow(f"row {number}", dict(zip(table.names, cells, strict=True)))


def _encoding(path: Path) -> str:
    """UTF-8, unless something in the file is not."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with (gzip.open if begins_with(path, b"\x1f\x8b") else open)(path, "rb") as file:
        try:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return LATIN_1
    return UTF_8
