"""The rows that have a label, each in its channel."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from preparation.description import REGRESSION
from preparation.engine import sql
from preparation.engine.database import Database
from preparation.engine.kinds import DATE, NUMBER, Kind
from preparation.engine.labels import LearnedLabel
from preparation.engine.loading import CELLS, Table
from preparation.engine.splitting import GROUP, TIME, channel, time_channel
from preparation.errors import TableError, listed
from preparation.request import Request
from preparation.row_split import TRAIN

ROWS = "rows"  # a view of SQL: the columns of CELLS, place in the table, channel


def make_rows(table: Table, kinds: Mapping[str, Kind], request: Request) -> None:
    """Raises TableError for rows that the split cannot place."""
    split, labelled = request.split, f"{table.cell(request.label)} IS NOT NULL"
    by = channel(split)
    if split.column is not None:
        cell = table.cell(split.column)
        _require_cells(table, split.column, f"--{split.by}", f"{labelled} AND {cell} IS NULL")
        if split.by == TIME:
            value = time_of(cell, kinds[split.column], split.column)
            by = time_channel(table.database, value, f"{CELLS} WHERE {labelled}", split)
    table.database.run(
        f"CREATE VIEW {ROWS} AS SELECT *, rowid AS place, {by} AS channel "
        f"FROM {CELLS} WHERE {labelled}"
    )


def time_of(cell: str, kind: Kind, name: str) -> str:
    """SQL of what is larger the newer a row is."""
    if kind.kind == DATE:
        return sql.moment(cell, str(kind.form))
    if kind.kind == NUMBER:
        return sql.number(cell, str(kind.form))
    raise TableError(
        f"--time {name!r} has neither dates nor numbers. Name a column that tells how new a row "
        f"is, or how its dates are written: --date {name}=DMY."
    )


def _require_cells(table: Table, name: str, option: str, missing: str) -> None:
    (rows,) = table.database.row(f"SELECT count(*) FROM {CELLS} WHERE {missing}")
    if rows:
        raise TableError(
            f"{option} {name!r}: {rows:,} rows have no value in it, so that nobody can say where "
            "they belong. Leave them out, or split by another column."
        )


def count_labels(
    database: Database, label: LearnedLabel, cell: str, channels: Sequence[str]
) -> dict[str, dict[int, int]]:
    """Rows of each channel by class; of a regression all are of class 0."""
    number = "0" if label.label.task == REGRESSION else label.value(cell)
    found: dict[str, dict[int, int]] = {name: {} for name in channels}
    for name, class_, rows in database.rows(
        f"SELECT channel, {number}, count(*) FROM {ROWS} GROUP BY ALL ORDER BY ALL"
    ):
        found[name][class_] = rows
    return found


def check_channels(
    labels: Mapping[str, Mapping[int, int]], label: LearnedLabel, request: Request
) -> None:
    """Raises TableError for an empty channel, and for a class that train has no row of."""
    rows = sum(sum(counts.values()) for counts in labels.values())
    empty = [name for name, counts in labels.items() if not counts]
    if empty:
        together = {GROUP: " and those of a group", TIME: " and those of one time"}
        raise TableError(
            f"No row would be in {' and '.join(empty)}: there are too few for these shares, "
            f"{rows:,} rows, of which equal ones{together.get(request.split.by, '')} stay "
            "together. Give more rows, larger shares or another --salt."
        )
    classes = label.label.classes or ()
    missing = [name for number, name in enumerate(classes) if number not in labels[TRAIN]]
    if missing:
        regression = ", or say --task regression" if label.guessed else ""
        raise TableError(
            f"--label {request.label!r}: train has no row of {listed(missing)}, so that no model "
            "learns it. Leave rare classes out, give more rows of them, or another "
            f"--salt{regression}."
        )
