"""Labels of rows of text, and predictions as an array."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from tuning.data.data_format import DataFormat
from tuning.errors import EvaluationFailed
from tuning.evaluation.metrics import Array

SEPARATORS = {DataFormat.CSV: b",", DataFormat.LIBSVM: b" "}
_ORDER = {
    DataFormat.CSV: "The label comes first, and columns are separated by commas.",
    DataFormat.LIBSVM: "The label comes first, without a weight, and a space follows.",
}


def read_labels(lines: Iterable[bytes], data_format: DataFormat) -> Iterator[float]:
    """The first column of CSV or libsvm. Raises EvaluationFailed for a label that is no number."""
    for number, line in enumerate(lines, start=1):
        if line.strip():
            yield _label(line.strip().partition(SEPARATORS[data_format])[0], number, data_format)


def _label(cell: bytes, line: int, data_format: DataFormat) -> float:
    try:
        return float(cell)
    except ValueError:
        raise EvaluationFailed(
            f"Line {line} of the test channel has the label {cell[:40].decode(errors='replace')!r},"
            f" which is no number. {_ORDER[data_format]}"
        ) from None


def as_array(rows: list[list[float]], expected: int) -> Array:
    """The predictions: one dimension for one value in each row, otherwise two.

    Raises ValueError with a sentence when rows are missing or differ in length, or when a value is
    not finite.
    """
    if len(rows) != expected:
        raise ValueError(f"there are {len(rows)} predictions for {expected} rows")
    if len({len(row) for row in rows}) != 1:
        raise ValueError("not every prediction has the same number of values")
    array = np.asarray(rows)
    if not np.isfinite(array).all():
        raise ValueError("not every prediction is a finite number")
    return array[:, 0] if array.shape[1] == 1 else array
