"""Columns that fit a terminal: their names are shortened, their values never."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len

GAP = 2  # columns of the terminal between two of the table
_LEAST = 5  # letters that a shortened name has


@dataclass(frozen=True)
class Column:
    """A name and cells, as they are written; `is_text` when they begin on the left."""

    name: str
    cells: Sequence[str]
    is_text: bool = False
    short: str | None = None  # stands in the heading in place of the name

    @property
    def heading(self) -> str:
        return self.short or self.name

    @property
    def least(self) -> int:
        """How narrow it can be."""
        return max(min(cell_len(self.name), _LEAST), *map(cell_len, self.cells), 0)

    @property
    def width(self) -> int:
        """As it is."""
        return max(cell_len(self.heading), self.least)


def bands(first: Sequence[Column], others: Sequence[Column], width: int) -> list[list[Column]]:
    """The columns side by side, or in bands below each other; each has the first column.

    `first` begin the first band. Names are shortened where that saves a band. One whose values are
    wider than the terminal stands alone beside the first column.
    """
    short = _bands(first, others, lambda band: _least(band) <= width)
    whole = _bands(first, others, lambda band: _whole(band) <= width)
    return whole if len(whole) == len(short) else [_fitted(band, width) for band in short]


def _bands(
    first: Sequence[Column], others: Sequence[Column], fits: Callable[[Sequence[Column]], bool]
) -> list[list[Column]]:
    found, band = [], list(first)
    for column in others:
        if len(band) > 1 and not fits([*band, column]):
            found.append(band)
            band = [first[0]]
        band.append(column)
    return [*found, band]


def shortened(name: str, width: int) -> str:
    """Its beginning and its end: `col…tree` of colsample_bytree."""
    if len(name) <= width:
        return name
    head = width // 2
    return f"{name[:head]}…{name[len(name) - (width - 1 - head) :]}"


def _least(columns: Sequence[Column]) -> int:
    return sum(column.least + GAP for column in columns) - GAP


def _whole(columns: Sequence[Column]) -> int:
    return sum(column.width + GAP for column in columns) - GAP


def _fitted(columns: Sequence[Column], width: int) -> list[Column]:
    """The longest name loses a letter at a time, as long as no two are alike."""
    result = list(columns)
    while _whole(result) > width:
        can = [at for at, column in enumerate(result) if column.width > column.least]
        if not can:
            break
        at = max(can, key=lambda each: result[each].width)
        short = shortened(result[at].name, result[at].width - 1)
        if short in (column.heading for column in result):
            break
        result[at] = replace(result[at], short=short)
    return result
