"""A sample of the rows with the cells of every column put into few bins, by what train has."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from preparation.description import (
    REGRESSION,
    Boolean,
    Column,
    Date,
    Description,
    Number,
    OneHot,
    Ranked,
)
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
_BINS = 10  # of numbers; of texts one for each of the most frequent, up to _VALUES
_VALUES = 50
_ROWS_PER_VALUE = 20  # so that chance does not look like knowledge
_MISSING = -1  # the bin of missing cells


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
    values = "".join(
        f", {_value(database, column, table.cell(column.name))} AS v{place}"
        for place, column in enumerate(columns)
    )
    every = max(sum(description.rows.values()) // _SAMPLE, 1)
    database.run(
        f"CREATE TEMP TABLE sample AS SELECT channel, source, {target} AS target{values} "
        f"FROM {ROWS} WHERE hash(place) % {every} = 0",
        step="Looking for leaks and shifts",
    )
    (rows,) = database.row(f"SELECT count(*) FROM sample WHERE channel = '{TRAIN}'")
    texts = min(_VALUES, max(rows // _ROWS_PER_VALUE, 1))
    bins = "".join(
        f", {_bin(database, column, f'v{place}', texts)} AS b{place}"
        for place, column in enumerate(columns)
    )
    database.run(f"CREATE TEMP TABLE {BINNED} AS SELECT channel, source, target{bins} FROM sample")
    split = description.split
    return Bins(
        database,
        {column.name: f"b{place}" for place, column in enumerate(columns)},
        description.label.task,
        len(description.label.classes or ()),
        table.sources,
        split.column if split.by == TIME else None,
        _unknown(database, columns),
    )


def _value(database: Database, column: Column, cell: str) -> str:
    """A number for each cell: itself, the seconds of a date, the rank of a text."""
    if isinstance(column, Number):
        return sql.number(cell, column.decimal)
    if isinstance(column, Boolean):
        return f"CAST(lower({cell}) = {sql.literal(column.true)} AS INTEGER)"
    if isinstance(column, Date):
        return f"epoch({sql.moment(cell, column.order)})"
    return rank(database, column.values, cell)


def _bin(database: Database, column: Column, value: str, texts: int) -> str:
    """INTEGER."""
    if isinstance(column, (OneHot, Ranked)):
        return f"coalesce(least({value}, {texts}), {_MISSING})"
    shares = ", ".join(str(place / _BINS) for place in range(1, _BINS))
    (edges,) = database.row(
        f"SELECT list_distinct(quantile_disc({value}, [{shares}])) FROM sample "
        f"WHERE channel = '{TRAIN}'"
    )
    above = " + ".join(f"CAST({value} > {float(edge)!r} AS INTEGER)" for edge in edges or [0])
    return f"coalesce({above}, {_MISSING})"


def _unknown(database: Database, columns: Sequence[Column]) -> dict[str, dict[str, float]]:
    """Shares of the sampled rows of each channel whose text has no place in the encoding."""
    texts = {
        column.name: f"count(*) FILTER (v{place} > {len(column.values)}) / count(*)"
        for place, column in enumerate(columns)
        if isinstance(column, (OneHot, Ranked))
    }
    asked = "".join(f", {share}" for share in texts.values())
    rows = database.rows(f"SELECT channel{asked} FROM sample GROUP BY channel ORDER BY 1")
    return {channel: dict(zip(texts, shares)) for channel, *shares in rows}
