"""Whether rows can be what a description makes of a table: by what each encoding can give."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from math import isnan

from preparation.description import Boolean, Column, Date, Description, OneHot, Ranked

_PARTS = {"month": (1, 12), "day": (1, 31), "weekday": (1, 7), "hour": (0, 23)}

Fits = Callable[[float | None], bool]  # of a value, None for a missing one


def foreign_feature(description: Description, rows: Sequence[Sequence[str]]) -> str | None:
    """The first feature that holds what its encoding never gives, None when all can be right.

    `rows` have the features alone, as cells of CSV that are numbers or missing.
    """
    if not rows:
        return None
    fits = [each for column in description.columns for each in _fits(column)]
    for name, each, cells in zip(description.features, fits, zip(*rows, strict=True), strict=True):
        if not all(each(_value(cell)) for cell in cells):
            return name
    return None


def _fits(column: Column) -> Iterator[Fits]:
    """Of each feature of a column."""
    if isinstance(column, OneHot):
        yield from (_one_or_zero for _ in column.values)
    elif isinstance(column, Boolean):
        yield lambda value: value is None or _one_or_zero(value)
    elif isinstance(column, Ranked):
        yield _whole(1, len(column.values) + 1)
    elif isinstance(column, Date):
        yield from (_whole(*_PARTS.get(part, (0, 9999))) for part in column.parts)
    else:
        yield lambda value: True


def _one_or_zero(value: float | None) -> bool:
    return value in (0, 1)


def _whole(least: int, greatest: int) -> Fits:
    return lambda value: value is None or (value % 1 == 0 and least <= value <= greatest)


def _value(cell: str) -> float | None:
    value = float(cell or "nan")
    return None if isnan(value) else value
