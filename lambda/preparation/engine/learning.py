"""What train tells of each column: how it is encoded, or why it is dropped."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from preparation.description import Boolean, Column, Date, Dropped, Number, OneHot, Ranked
from preparation.encoder import PARTS
from preparation.engine import sql
from preparation.engine.kinds import BOOLEAN, DATE, NESTED, NUMBER, Kind
from preparation.engine.loading import CELLS, Table
from preparation.engine.rows import ROWS
from preparation.engine.splitting import GROUP
from preparation.request import Request
from preparation.row_split import TRAIN

MAX_ONE_HOT = 16  # values; more are ranked
MAX_RANKS = 1_000
_LEAST_COVERED = 0.1  # of the rows by values that more than one row has
_IDENTIFIER = re.compile(r"(?i:(?:^|[_ .-])(?:id|key|no|nr|index)$)|[a-z](?:Id|ID)$")


@dataclass(frozen=True)
class Counts:
    """Of a column, in train: cells that are not missing, the least and the greatest text, and about
    how many different ones there are."""

    cells: int
    least: str | None
    greatest: str | None
    about_distinct: int


def learn_columns(
    table: Table, kinds: Mapping[str, Kind], request: Request
) -> tuple[list[Column], list[Dropped]]:
    """The columns in the order of the table, and those of which no feature is made."""
    names = [name for name in table.names if name in kinds and name != request.label]
    (rows,) = table.database.row(f"SELECT count(*) FROM {ROWS} WHERE channel = '{TRAIN}'")
    counts = _counts(table, names)
    columns: list[Column] = []
    dropped = [Dropped(name, "--drop says so") for name in request.drop]
    for name in names:
        table.database.progress(f"Learning {name}", (len(columns) + len(dropped)) / len(names))
        learned = _learn(table, name, kinds[name], counts[name], rows, request)
        if isinstance(learned, Dropped):
            dropped.append(learned)
        else:
            columns.append(learned)
    return columns, sorted(dropped, key=lambda one: table.names.index(one.name))


def _counts(table: Table, names: Sequence[str]) -> dict[str, Counts]:
    asked: list[str] = []
    for name in names:
        cell = table.cell(name)
        asked += [f"count({cell})", f"min({cell})", f"max({cell})"]
        asked += [f"approx_count_distinct({cell})"]
    row = table.database.values(asked, f"{ROWS} WHERE channel = '{TRAIN}'")
    return {name: Counts(*row[4 * place : 4 * place + 4]) for place, name in enumerate(names)}


def _learn(
    table: Table, name: str, kind: Kind, counts: Counts, rows: int, request: Request
) -> Column | Dropped:
    if kind.kind == NESTED:
        return Dropped(name, f"its cells are no single values, but {table.nested[name]}")
    if request.split.by == GROUP and name == request.split.column:
        return Dropped(name, "rows are grouped by it")
    if not counts.cells:
        return Dropped(name, "it is empty in train")
    if counts.least == counts.greatest and counts.cells == rows:
        return Dropped(name, "it has one value in train")
    if kind.kind == NUMBER:
        if _counts_rows(table, name, kind, counts, rows):
            return Dropped(name, "it is another number in every row, and tells rows apart")
        return Number(name, str(kind.form))
    if kind.kind == BOOLEAN:
        return Boolean(name, *kind.form)
    if kind.kind == DATE:
        parts = PARTS if kind.timed else PARTS[:-1]
        return Date(name, str(kind.form), parts)
    return _learn_text(table, name, counts)


def _counts_rows(table: Table, name: str, kind: Kind, counts: Counts, rows: int) -> bool:
    """Whether whole numbers are names of rows: another one in every row, channels aside, and either
    called so or the numbers of the rows."""
    if not kind.whole or counts.cells < rows or counts.about_distinct < 0.8 * rows:
        return False
    value = sql.number(table.cell(name), str(kind.form))
    distinct, least, greatest, cells = table.database.row(
        f"SELECT count(DISTINCT value), min(value), max(value), count(*) FROM "
        f"(SELECT {value} AS value FROM {CELLS})"
    )
    numbered = least in (0, 1) and greatest == least + cells - 1
    return bool(distinct == cells and (numbered or _IDENTIFIER.search(name)))


def _learn_text(table: Table, name: str, counts: Counts) -> Column | Dropped:
    """Values of one row only are as good as unseen: nothing is learned of them, and they may be
    names of people."""
    cell = table.cell(name)
    table.database.run(
        f"CREATE OR REPLACE TEMP TABLE counted AS SELECT {cell} AS value, count(*) AS times "
        f"FROM {ROWS} WHERE channel = '{TRAIN}' AND {cell} IS NOT NULL GROUP BY ALL"
    )
    found = table.database.rows(
        "SELECT value, times FROM counted WHERE times > 1 "
        f"ORDER BY times DESC, value LIMIT {MAX_RANKS}"
    )
    if not found:
        return Dropped(name, "it is another text in every row")
    covered = sum(times for _, times in found) / counts.cells
    if covered < _LEAST_COVERED:
        return Dropped(
            name, f"its texts hardly repeat: {1 - covered:.1%} of the rows have rare ones"
        )
    values = tuple(value for value, _ in found)
    if len(values) <= MAX_ONE_HOT:
        return OneHot(name, tuple(sorted(values)))
    return Ranked(name, values)
