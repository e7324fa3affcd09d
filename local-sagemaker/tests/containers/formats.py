"""The same rows, label first, in every format that a channel may have."""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np
from local_sagemaker.containers.recordio import VALUES, Record, Tensor, write_records, write_rows

from tests.containers.tables import csv


def libsvm(rows: np.ndarray) -> bytes:
    """What is not a number is left out."""
    lines = []
    for label, *features in rows:
        given = (f"{index}:{value:g}" for index, value in enumerate(features) if value == value)
        lines.append(f"{label:g} {' '.join(given)}")
    return "\n".join(lines).encode()


def parquet(rows: np.ndarray, directory: Path) -> bytes:
    """Not a number is written as null."""
    names = [f"c{number}" for number in range(rows.shape[1])]
    with duckdb.connect() as database:
        database.execute(f"CREATE TABLE written ({', '.join(f'{name} DOUBLE' for name in names)})")
        marks = ", ".join("?" for _ in names)
        values = [[None if value != value else value for value in row] for row in rows.tolist()]
        database.executemany(f"INSERT INTO written VALUES ({marks})", values)
        database.execute(f"COPY written TO '{directory}/written.parquet' (FORMAT parquet)")
    return (directory / "written.parquet").read_bytes()


def recordio(rows: np.ndarray) -> bytes:
    return write_rows(rows[:, 1:], rows[:, 0])


def sparse_recordio(rows: np.ndarray) -> bytes:
    """What is not a number is left out."""
    return write_records(_sparse(row[1:], row[0]) for row in rows)


def _sparse(features: np.ndarray, label: float) -> Record:
    keys = np.flatnonzero(~np.isnan(features))
    tensor = Tensor(features[keys], keys, size=len(features))
    return Record({VALUES: tensor}, {VALUES: Tensor(np.array([label]))})


def encoded(name: str, rows: np.ndarray, directory: Path) -> bytes:
    """Rows in the format of this name."""
    if name == "parquet":
        return parquet(rows, directory)
    if name == "csv":
        return csv(rows).replace("nan", "").encode()
    return {"libsvm": libsvm, "recordio": recordio, "sparse recordio": sparse_recordio}[name](rows)
