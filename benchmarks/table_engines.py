"""Which engine prepares tables: DuckDB beside Polars, at the same work on the same table.

    uv pip install --target build/polars polars
    PYTHONPATH=build/polars python -m benchmarks.table_engines [--rows 1000000]

Each engine runs in a process of its own with two threads and does what `retune prepare` spends its
time on: read CSV as text, find missing cells, count the values of text columns, split the rows by a
hash, encode text one-hot and by rank, and write three channels of CSV. Processor time and peak
memory are told side by side; that both write as many rows is checked. Polars is no requirement of
this project, so that `make bench` leaves this one out.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib.metadata import version
from pathlib import Path

from benchmarks.harness.figure import Figure
from benchmarks.harness.result import publish
from benchmarks.harness.timing import Cost, by_turns, cost_of

NUMBERS, WORDS, TOWNS = 10, 4, 2  # columns; words have 8 values, towns 5,000
RANKS = 1_000
CHANNELS = {"test": (0, 20), "validation": (20, 40), "train": (40, 100)}
MEMORY = "1GB"  # DuckDB's; Polars takes no limit


def numbers() -> list[str]:
    return [f"n{place}" for place in range(NUMBERS)]


def texts() -> list[str]:
    return [f"w{place}" for place in range(WORDS)] + [f"t{place}" for place in range(TOWNS)]


def write_table(path: Path, rows: int) -> None:
    import duckdb

    columns = [f"nullif(round(random() * 1000, 3), 0) AS {name}" for name in numbers()]
    columns += [f"'word ' || floor(random() * 8)::INT AS w{place}" for place in range(WORDS)]
    columns += [f"'town ' || floor(random() ** 3 * 5000)::INT AS t{p}" for p in range(TOWNS)]
    label = "(random() < 0.3)::INT AS label"
    duckdb.sql("SELECT setseed(0.5)")
    duckdb.sql(
        f"COPY (SELECT {label}, {', '.join(columns)} FROM range({rows})) TO '{path}' (HEADER)"
    )


def by_duckdb(table: Path, folder: Path) -> None:
    import duckdb

    config: dict[str, str | bool | int | float | list[str]]
    config = {"memory_limit": MEMORY, "temp_directory": str(folder / "spilled"), "threads": "2"}
    with duckdb.connect(str(folder / "table.duckdb"), config=config) as database:
        names = ["label", *numbers(), *texts()]
        cells = ", ".join(f"nullif(trim({name}), '') AS {name}" for name in names)
        place = f"hash(concat_ws(',', {', '.join(names)})) % 100 AS place"
        database.execute(
            f"CREATE TABLE cells AS SELECT *, {place} FROM "
            f"(SELECT {cells} FROM read_csv('{table}', all_varchar=true, header=true))"
        )
        features = [f"CAST({name} AS DOUBLE)" for name in numbers()]
        for name in texts():
            values = [
                value
                for (value,) in database.execute(
                    f"SELECT {name} FROM cells WHERE place >= 40 AND {name} IS NOT NULL "
                    f"GROUP BY ALL ORDER BY count(*) DESC, {name} LIMIT {RANKS}"
                ).fetchall()
            ]
            if len(values) <= 16:
                features += [f"CAST({name} = '{value}' AS TINYINT)" for value in values]
            else:
                ranks = f"unnest({values}) AS value, unnest(range({len(values)})) AS rank"
                database.execute(f"CREATE TABLE ranks_{name} AS SELECT {ranks}")
                rank = f"(SELECT rank FROM ranks_{name} WHERE value = {name})"
                features.append(f"coalesce({rank}, {len(values)})")
        for channel, (low, high) in CHANNELS.items():
            database.execute(
                f"COPY (SELECT label, {', '.join(features)} FROM cells WHERE place >= {low} "
                f"AND place < {high}) TO '{folder / channel}.csv' (HEADER false)"
            )


def by_polars(table: Path, folder: Path) -> None:
    import polars as pl  # type: ignore[import-not-found]

    names = ["label", *numbers(), *texts()]
    cells = pl.scan_csv(table, infer_schema=False).with_columns(
        pl.col(name).str.strip_chars().replace("", None) for name in names
    )
    cells = cells.with_columns(
        (pl.concat_str(names, separator=",", ignore_nulls=True).hash(1) % 100).alias("place")
    )
    stored = folder / "table.parquet"
    cells.sink_parquet(stored)
    cells = pl.scan_parquet(stored)
    features = [pl.col(name).cast(pl.Float64) for name in numbers()]
    for name in texts():
        counted = (
            cells.filter((pl.col("place") >= 40) & pl.col(name).is_not_null())
            .group_by(name)
            .len()
            .sort(["len", name], descending=[True, False])
            .head(RANKS)
            .collect(engine="streaming")
        )
        values = counted[name].to_list()
        if len(values) <= 16:
            features += [
                (pl.col(name) == value).cast(pl.Int8).alias(f"{name}={value}") for value in values
            ]
        else:
            ranks = {value: rank for rank, value in enumerate(values)}
            features.append(
                pl.col(name).replace_strict(ranks, default=len(ranks), return_dtype=pl.Int32)
            )
    for channel, (low, high) in CHANNELS.items():
        chosen = cells.filter((pl.col("place") >= low) & (pl.col("place") < high))
        chosen.select(pl.col("label"), *features).sink_csv(
            folder / f"{channel}.csv", include_header=False
        )


ENGINES = {"DuckDB": by_duckdb, "Polars": by_polars}


def measure(engine: str, table: Path, rows: int) -> Cost:
    """Raises AssertionError when the engine wrote another number of rows."""
    with tempfile.TemporaryDirectory(dir=table.parent) as folder:
        asked = ["--engine", engine, "--table", str(table), "--folder", folder]
        environment = {**os.environ, "POLARS_MAX_THREADS": "2"}
        cost = cost_of([sys.executable, "-m", "benchmarks.table_engines", *asked], env=environment)
        written = 0
        for channel in CHANNELS:
            with open(Path(folder) / f"{channel}.csv", "rb") as file:
                written += sum(1 for _ in file)
        assert written == rows, f"{engine} wrote {written} rows of {rows}"
        return cost


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--repeats", type=int, default=2)
    parser.add_argument("--engine", choices=[*ENGINES], help=argparse.SUPPRESS)
    parser.add_argument("--table", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.engine:
        ENGINES[given.engine](given.table, given.folder)
        return
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "table.csv"
        write_table(table, given.rows)
        size = table.stat().st_size / 1e6
        duckdb, polars = by_turns(
            given.repeats,
            lambda: measure("DuckDB", table, given.rows),
            lambda: measure("Polars", table, given.rows),
        )
    publish(
        "table_engines",
        f"The engine that prepares tables: {given.rows:,} rows, {size:,.0f} MB of CSV",
        f"Polars {version('polars')}, streaming",
        [
            Figure(
                "seconds of processor time",
                "s",
                tuple(cost.processor for cost in duckdb),
                tuple(cost.processor for cost in polars),
            ),
            Figure(
                "memory",
                "MB",
                tuple(cost.megabytes for cost in duckdb),
                tuple(cost.megabytes for cost in polars),
            ),
        ],
        notes=(
            f"DuckDB {version('duckdb')} has a limit of {MEMORY}; Polars takes none.",
            "Why the slower engine was chosen is told in docs/decisions/0026.",
        ),
    )


if __name__ == "__main__":
    main()
