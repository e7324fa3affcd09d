"""A file of CSV with a header: its names, what separates its columns, how its text is encoded."""

from __future__ import annotations

import csv
import gzip
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from preparation.encoder import BLANKS, DELIMITERS
from preparation.engine import sql
from preparation.errors import TableError

UTF_8, LATIN_1 = "utf-8", "latin-1"
GZIP = b"\x1f\x8b"
_MARK = "\ufeff"
_START_BYTES = 1_000_000
_ROWS = 200  # that show what separates columns


@dataclass(frozen=True)
class CsvFile:
    """`names` are those of its header, in the file's order; `source` is what people call it."""

    source: str
    path: Path
    names: tuple[str, ...]
    delimiter: str
    encoding: str
    compressed: bool

    @classmethod
    def open(cls, source: str, path: Path, encoding: str = UTF_8) -> CsvFile:
        """Raises TableError for a file without a header row."""
        compressed = begins_with(path, GZIP)
        text, whole = _start(path, compressed, encoding)
        rows = {sign: _rows(text, sign, whole) for sign in DELIMITERS}
        delimiter = max(DELIMITERS, key=lambda sign: _columns(rows[sign]))
        if not rows[delimiter]:
            raise TableError(f"{source} is empty. A table has a header, and rows below it.")
        return cls(
            source=source,
            path=path,
            names=_names(source, rows[delimiter][0]),
            delimiter=delimiter,
            encoding=encoding,
            compressed=compressed,
        )

    @property
    def scan(self) -> str:
        """A table function of SQL: every column is text, and is called f0, f1 and so on."""
        columns = ", ".join(f"'f{place}': 'VARCHAR'" for place in range(len(self.names)))
        return (
            f"read_csv({sql.literal(str(self.path))}, auto_detect=false, header=true, "
            f"columns={{{columns}}}, delim={sql.literal(self.delimiter)}, quote='\"', "
            f"escape='\"', encoding='{self.encoding}', "
            f"compression='{'gzip' if self.compressed else 'none'}')"
        )


def begins_with(path: Path, start: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(len(start)) == start


def _start(path: Path, compressed: bool, encoding: str) -> tuple[str, bool]:
    """The first bytes as text, and whether they are all."""
    with (gzip.open if compressed else open)(path, "rb") as file:
        content = file.read(_START_BYTES + 1)
    text = content[:_START_BYTES].decode(encoding, errors="replace")
    return text.removeprefix(_MARK), len(content) <= _START_BYTES


def _rows(text: str, delimiter: str, whole: bool) -> list[list[str]]:
    """The first rows that are whole, without empty lines."""
    found: list[list[str]] = []
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter, skipinitialspace=True)
    try:
        for row in reader:
            if len(found) > _ROWS:
                return found
            if row:
                found.append(row)
    except csv.Error:  # such as a quote that opens a megabyte
        return found
    return found if whole or len(found) < 2 else found[:-1]


def _columns(rows: list[list[str]]) -> tuple[float, int]:
    """What speaks for a delimiter: the share of rows that are as wide as the header, and it."""
    if not rows or len(rows[0]) < 2:
        return 0, 0
    width = len(rows[0])
    return sum(len(row) == width for row in rows) / len(rows), width


def _names(source: str, header: list[str]) -> tuple[str, ...]:
    """A column without a name, as pandas writes its index, is called after its place, from 1."""
    names = [name.strip(BLANKS) for name in header]
    names = [name or f"column {place}" for place, name in enumerate(names, start=1)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise TableError(
            f"{source} has more than one column {twice[0]!r}. Give each column a name of its own "
            "in the header."
        )
    return tuple(names)
