"""Columns and label as an earlier description has them, where a model serves that was trained so.

What is learned anew would be other columns: neither that model nor its clients would understand
them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from preparation.description import Boolean, Column, Date, Description, Dropped, Label, Number
from preparation.engine.kinds import BOOLEAN, DATE, NESTED, NUMBER, Kind
from preparation.engine.labels import LearnedLabel
from preparation.engine.loading import CELLS, Table
from preparation.errors import TableError, named
from preparation.request import Request

_FIX = (
    "The model that serves was trained so. Mend the table, or let Endpoint.InterfaceMayChange "
    "learn its columns anew."
)


def keep_label(found: LearnedLabel, kept: Label, request: Request) -> LearnedLabel:
    """The label of the table with the classes and numbers that it had.

    Raises TableError for another label, task or class.
    """
    if (found.label.name, found.label.task) != (kept.name, kept.task):
        raise TableError(
            f"--label {found.label.name!r} is for {found.label.task}, and it was {kept.name!r} for "
            f"{kept.task}. {_FIX}"
        )
    classes, cells = kept.classes or (), dict(zip(found.label.classes or (), found.cells))
    new = [name for name in cells if name not in classes]
    if new:
        raise TableError(f"--label {kept.name!r} has {len(new)} values that it had not. {_FIX}")
    if request.positive is not None and request.positive != classes[-1]:
        raise TableError(f"--positive is another class than it was. {_FIX}")
    return LearnedLabel(kept, tuple(cells.get(name, ()) for name in classes), guessed=False)


def keep_columns(
    table: Table, kinds: Mapping[str, Kind], kept: Description
) -> tuple[list[Column], list[Dropped]]:
    """The columns of the description, and those of the table that are not among them.

    Raises TableError for columns that are not there any more, or have other cells.
    """
    names = [column.name for column in kept.columns]
    gone = [name for name in names if name not in kinds]
    if gone:
        raise TableError(f"{named(gone)}: the table has none, or --drop says so. {_FIX}")
    changed = _changed(table, kinds, kept.columns)
    if changed:
        raise TableError(
            f"{named(changed)}: other cells than numbers, dates or words as before. {_FIX}"
        )
    used = {*names, kept.label.name}
    left_out = [name for name in table.names if name not in used]
    return [*kept.columns], [Dropped(name, "what serves goes without it") for name in left_out]


def _changed(table: Table, kinds: Mapping[str, Kind], columns: Sequence[Column]) -> list[str]:
    """Columns with a cell that their encoding does not know; of text there is none."""
    nested = [column.name for column in columns if kinds[column.name].kind == NESTED]
    asked = {column.name: _kind(column) for column in columns}
    counts = [
        f"count({table.cell(name)}) - count(*) FILTER ({kind.of(table.cell(name))})"
        for name, kind in asked.items()
        if kind is not None
    ]
    if nested or not counts:
        return nested
    others = table.database.row(f"SELECT {', '.join(counts)} FROM {CELLS}")
    known = [name for name, kind in asked.items() if kind is not None]
    return [name for name, count in zip(known, others) if count]


def _kind(column: Column) -> Kind | None:
    """What its cells must be; None of text."""
    if isinstance(column, Number):
        return Kind(NUMBER, column.decimal)
    if isinstance(column, Boolean):
        return Kind(BOOLEAN, (column.true, column.false))
    return Kind(DATE, column.order) if isinstance(column, Date) else None
