"""A file of CSV with a header: its names, what separates its columns, how its text is encoded."""

from __future__ import annotations

import csv
import gzip
import zlib
from codecs import getincrementaldecoder
from collections import Counter
from dataclasses import dataclass, replace
from io import StringIO, TextIOWrapper
from pathlib import Path
from typing import BinaryIO, cast

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
    """`names` are those of its header, in the file's order; `source` is what people call it.

    `even` says that it was written anew, so that all lines end alike.
    """

    source: str
    path: Path
    names: tuple[str, ...]
    delimiter: str
    encoding: str
    compressed: bool
    even: bool = False

    @classmethod
    def open(cls, source: str, path: Path, encoding: str | None = None) -> CsvFile:
        """Raises TableError for a file without a header row. Its start tells the encoding."""
        compressed = begins_with(path, GZIP)
        try:
            text, whole, found = _start(path, compressed, encoding)
        except (EOFError, zlib.error, gzip.BadGzipFile):
            raise TableError(
                f"{source} begins as gzip does and cannot be unpacked. Compress it again."
            ) from None
        rows = {sign: _rows(text, sign, whole) for sign in DELIMITERS}
        delimiter = max(DELIMITERS, key=lambda sign: _columns(rows[sign]))
        if text.strip() and not rows[delimiter]:
            raise TableError(
                f"{source} has a name of more than {csv.field_size_limit():,} characters in its "
                "header, the first line. Close its quotes, or write a header above the rows."
            )
        if not rows[delimiter]:
            raise TableError(f"{source} is empty. A table has a header, and rows below it.")
        return cls(
            source=source,
            path=path,
            names=_names(source, rows[delimiter][0]),
            delimiter=delimiter,
            encoding=found,
            compressed=compressed,
        )

    def with_even_lines(self, folder: Path) -> CsvFile:
        """The same written into the folder, with a line feed at the end of each line."""
        path = folder / "even lines.csv"
        source = TextIOWrapper(_opened(self.path, self.compressed), LATIN_1, newline=None)
        with source, open(path, "wb") as target:
            for line in source:
                target.write(line.encode(LATIN_1))  # any byte as it was
        return replace(self, path=path, compressed=False, even=True)

    @property
    def scan(self) -> str:
        """A table function of SQL: every column is text, and is called f0, f1 and so on."""
        columns = ", ".join(f"'f{place}': 'VARCHAR'" for place in range(len(self.names)))
        return (
            f"read_csv({sql.literal(str(self.path))}, auto_detect=false, header=true, "
            f"columns={{{columns}}}, delim={sql.literal(self.delimiter)}, quote='\"', "
            f"escape='\"', encoding='{self.encoding}', hive_partitioning=false, "
            f"compression='{'gzip' if self.compressed else 'none'}')"
        )


def begins_with(path: Path, start: bytes) -> bool:
    with open(path, "rb") as file:
        return file.read(len(start)) == start


def _opened(path: Path, compressed: bool) -> BinaryIO:
    return cast(BinaryIO, gzip.open(path) if compressed else open(path, "rb"))


def _start(path: Path, compressed: bool, encoding: str | None) -> tuple[str, bool, str]:
    """The first bytes as text, whether they are all, and their encoding."""
    with _opened(path, compressed) as file:
        content = file.read(_START_BYTES + 1)
    start, whole = content[:_START_BYTES], len(content) <= _START_BYTES
    try:
        encoding = encoding or UTF_8
        text = getincrementaldecoder(encoding)().decode(start, final=whole)
    except UnicodeDecodeError:
        encoding = LATIN_1
        text = start.decode(encoding)
    return text.removeprefix(_MARK), whole, encoding


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
    twice = sorted(name for name, times in Counter(names).items() if times > 1)
    if twice:
        raise TableError(
            f"{source} has more than one column {twice[0]!r} in its header, the first line. Give "
            "each a name of its own."
        )
    return tuple(names)
