"""The features of each column as expressions of SQL: what preparation.encoder does in Python."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from preparation.description import Boolean, Column, Date, Number, OneHot, Ranked
from preparation.engine import sql
from preparation.engine.database import Database


def features(
    database: Database, columns: Sequence[tuple[Column, str]], whole: Collection[str] = ()
) -> list[str]:
    """Numbers, NULL for missing ones, of columns with their cells in SQL, in encoded order.

    Numbers of the columns in `whole` have no fraction and are written without one.
    """
    found: list[str] = []
    for column, cell in columns:
        if isinstance(column, Number):
            number = sql.number(cell, column.decimal)
            found.append(f"CAST({number} AS BIGINT)" if column.name in whole else number)
        else:
            found += _features(database, column, cell)
    return found


def _features(database: Database, column: Column, cell: str) -> list[str]:
    if isinstance(column, Boolean):
        return [f"CAST(lower({cell}) = {sql.literal(column.true)} AS TINYINT)"]
    if isinstance(column, OneHot):
        return [
            f"CAST(coalesce({cell} = {sql.literal(value)}, false) AS TINYINT)"
            for value in column.values
        ]
    if isinstance(column, Date):
        return [sql.date_part(cell, column.order, part) for part in column.parts]
    assert isinstance(column, Ranked)
    return [rank(database, column.values, cell)]


def rank(database: Database, values: Sequence[str], cell: str) -> str:
    """INTEGER: the place of a value, from 1, that of all others behind the last, NULL for none.

    By a table, in which DuckDB finds a value by its hash where CASE would try one after the other.
    """
    ranks = sql.name(f"ranks of {cell}")
    database.run(
        f"CREATE OR REPLACE TEMP TABLE {ranks} AS SELECT "
        f"unnest([{sql.literals(values)}]) AS value, unnest(range(1, {len(values) + 1})) AS rank"
    )
    place = f"(SELECT rank FROM {ranks} WHERE value = {cell})"
    return f"CASE WHEN {cell} IS NOT NULL THEN coalesce({place}, {len(values) + 1}) END"
