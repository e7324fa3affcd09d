"""The labels of the rows that a batch transform job was given, and its predictions as an array."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from tuning.errors import EvaluationFailed
from tuning.evaluation.metrics import Array


def read_labels(lines: Iterable[bytes]) -> list[float]:
    """The first column of CSV. Raises EvaluationFailed for one that is no number."""
    labels = []
    for number, line in enumerate(lines, start=1):
        if line.strip():
            labels.append(_label(line.partition(b",")[0], number))
    return labels


def _label(cell: bytes, line: int) -> float:
    try:
        return float(cell)
    except ValueError:
        raise EvaluationFailed(
            f"Line {line} of the test channel has the label {cell[:40].decode(errors='replace')!r},"
            " which is no number. The label comes first, and columns are separated by commas."
        ) from None


def as_array(rows: list[list[float]], expected: int) -> Array:
    """One dimension for one value a row, else two.

    Raises ValueError, in words, when rows are missing or not alike, or a value is not finite.
    """
    if len(rows) != expected:
        raise ValueError(f"there are {len(rows)} predictions for {expected} rows")
    if len({len(row) for row in rows}) != 1:
        raise ValueError("not every prediction has the same number of values")
    array = np.asarray(rows)
    if not np.isfinite(array).all():
        raise ValueError("not every prediction is a finite number")
    return array[:, 0] if array.shape[1] == 1 else array
