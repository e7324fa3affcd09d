"""Reads Parquet files into numbers. Null is a missing value; True and False are 1 and 0."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
from numpy.typing import NDArray

NUMBERS_AND_TEXT = "biufO"  # numpy's kinds; text is read as a number, as the container does


def read_parquet_files(files: Sequence[Path]) -> NDArray[np.float64]:
    """All rows of the files, whose paths must not hold * ? or [.

    Raises ValueError for files that are no Parquet, that differ in their columns, or that hold
    something else than numbers.
    """
    try:
        with duckdb.connect(config={"threads": 1}) as database:
            columns = database.read_parquet([str(path) for path in files]).fetchnumpy()
    except duckdb.Error as error:
        raise ValueError(str(error)) from error
    return np.column_stack([_numbers(name, column) for name, column in columns.items()])


def _numbers(name: str, column: NDArray[Any]) -> NDArray[np.float64]:
    if column.dtype.kind not in NUMBERS_AND_TEXT:
        raise ValueError(f"column {name} holds {column.dtype}, not numbers")
    try:
        return np.ma.filled(column.astype(np.float64), np.nan)
    except (ValueError, TypeError) as error:
        raise ValueError(f"column {name} holds something else than numbers: {error}") from error
