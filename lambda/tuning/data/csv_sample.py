"""The rows of CSV that a part of an object holds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tuning.data.piece import Piece

Cells = Sequence[str]


@dataclass(frozen=True)
class CsvSample:
    """Rows by the numbers of their lines.

    `cut` says that there is not one whole row: then there is the beginning of one, without its
    last cell, which may be half of one.
    """

    piece: Piece
    delimiter: str
    rows: Mapping[int, Cells]
    cut: bool = False

    @classmethod
    def of(cls, piece: Piece) -> CsvSample:
        lines = dict(piece.lines())
        text = next(iter(lines.values()), "") or piece.text
        delimiter = delimiter_of(text)
        rows = {number: line.split(delimiter) for number, line in lines.items()}
        if not rows and piece.begins:
            begun = text.split(delimiter)[:-1]
            return cls(piece, delimiter, {1: begun} if begun else {}, cut=True)
        return cls(piece, delimiter, rows)

    @property
    def columns(self) -> int:
        """Of a sample with rows."""
        return len(next(iter(self.rows.values())))


def csv_rows(start: bytes) -> list[Cells]:
    """The whole rows that an object begins with: its last line may be cut off."""
    sample = CsvSample.of(Piece("", "", start, 0, len(start) + 1))
    return [] if sample.cut else [*sample.rows.values()]


def delimiter_of(line: str) -> str:
    """The container, too, guesses it from the first line."""
    return max(",;\t|", key=line.count)
