"""Writes the table of the benchmark of large data: a row has a label and twelve numbers, 98 bytes.

python -m benchmarks.programs.large_tables FILE ROWS SEED
"""

from __future__ import annotations

import sys

import duckdb

FEATURES = 12


def write_table(path: str, rows: int, seed: float) -> None:
    """The same seed, from 0 to 1, gives the same rows."""
    features = ", ".join(f"round(random() * 1000, 3) AS n{place}" for place in range(FEATURES))
    odds = "exp((n0 + n1 - n2 - 500) / 150)"
    with duckdb.connect(config={"threads": "1"}) as database:
        database.execute(f"SELECT setseed({seed})")
        database.execute(
            f"COPY (SELECT (random() < {odds} / (1 + {odds}))::INT AS label, * "
            f"FROM (SELECT {features} FROM range({rows}))) TO '{path}' (HEADER false)"
        )


if __name__ == "__main__":
    write_table(sys.argv[1], int(sys.argv[2]), float(sys.argv[3]))
