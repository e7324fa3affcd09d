"""A sample of the rows with the cells of every column put into few bins, by what train has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from preparation.description import REGRESSION, Boolean, Column, Date, Description, Number
from preparation.engine import sql
from preparation.engine.database import Database
from preparation.engine.encoding import rank
from preparation.engine.labels import LearnedLabel
from preparation.engine.loading import Table
from preparation.engine.rows import ROWS
from preparation.engine.splitting import TIME
from preparation.row_split import TRAIN

BINNED = "binned"  # a table of SQL: channel, source, target, and b0, b1 ... of the columns
_SAMPLE = 100_000  # rows
_BINS = 20  # of numbers; of texts one for each of the most frequent, up to _VALUES
_VALUES = 50
_ROWS_PER_VALUE = 20  # so that chance does not look like knowledge


@dataclass(frozen=True)
class Bins:
    """`columns` are the columns of BINNED by the names of the table's.

    `target` of a regression is the rank of the label, from 0 to 1, else the class's number.
    `unknown` are shares of the rows, by channel and column, whose text train does not know.
    """

    database: Database
    columns: Mapping[str, str]
    task: str
    classes: int
    sources: tuple[str, ...]
    time: str | None
    unknown: Mapping[str, Mapping[str, float]]


def make_bins(table: Table, description: Description, label: LearnedLabel) -> Bins:
    database, columns = table.database, description.columns
    target = label.value(table.cell(description.label.name))
    if description.label.task == REGRESSION:
        target = f"percent_rank() OVER (ORDER BY {target})"
    sampled = max(sum(description.rows.values()) // _SAMPLE, 1)
    database.run(
        f"CREATE TEMP TABLE sample AS SELECT *, {target} AS target FROM {ROWS} "
        f"WHERE hash(place) % {sampled} = 0",
        step="Looking for leaks and shifts",
    )
    (rows,) = database.row(f"SELECT count(*) FROM sample WHERE channel = '{TRAIN}'")
    values = min(_VALUES, max(rows // _ROWS_PER_VALUE, 1))
    bins = [_bin(database, column, table.cell(column.name), values) for column in columns]
    selected = "".join(f", {expression} AS b{place}" for place, expression in enumerate(bins))
    database.run(
        f"CREATE TEMP TABLE {BINNED} AS SELECT channel, source, target{selected} FROM sample"
    )
    split = description.split
    return Bins(
        database,
        {column.name: f"b{place}" for place, column in enumerate(columns)},
        description.label.task,
        len(description.label.classes or ()),
        table.sources,
        split.column if split.by == TIME else None,
        _unknown(table, description),
    )


def _bin(database: Database, column: Column, cell: str, values: int) -> str:
    """INTEGER, -1 for a missing cell."""
    if isinstance(column, Boolean):
        return f"coalesce(CAST(lower({cell}) = {sql.literal(column.true)} AS INTEGER), -1)"
    if isinstance(column, (Number, Date)):
        value = (
            sql.number(cell, column.decimal)
            if isinstance(column, Number)
            else f"epoch({sql.moment(cell, column.order)})"
        )
        shares = ", ".join(str(place / _BINS) for place in range(1, _BINS))
        (edges,) = database.row(
            f"SELECT list_distinct(quantile_disc({value}, [{shares}])) FROM sample "
            f"WHERE channel = '{TRAIN}'"
        )
        above = " + ".join(f"CAST({value} > {edge!r} AS INTEGER)" for edge in edges or [0.0])
        return f"coalesce({above}, -1)"
    return f"coalesce(least({rank(database, column.values, cell)}, {values}), -1)"


def _unknown(table: Table, description: Description) -> dict[str, dict[str, float]]:
    """Shares of the sampled rows of each channel whose text has no place in the encoding."""
    texts = [c for c in description.columns if not isinstance(c, (Boolean, Number, Date))]
    asked = "".join(
        f", count(*) FILTER ({rank(table.database, c.values, table.cell(c.name))} "
        f"> {len(c.values)}) / count(*)"
        for c in texts
    )
    rows = table.database.rows(f"SELECT channel{asked} FROM sample GROUP BY channel ORDER BY 1")
    return {
        channel: dict(zip((column.name for column in texts), shares)) for channel, *shares in rows
    }
