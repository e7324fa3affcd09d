"""Labels of rows of text, and predictions as an array."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator

import numpy as np

from tuning.data.data_format import DataFormat
from tuning.errors import EvaluationFailed
from tuning.evaluation.losses import Array

SEPARATORS = {DataFormat.CSV: b",", DataFormat.LIBSVM: b" "}
_ORDER = {
    DataFormat.CSV: "The label comes first, and columns are separated by commas.",
    DataFormat.LIBSVM: "The label comes first, without a weight, and a space follows.",
}


def read_labels(
    lines: Iterable[bytes], data_format: DataFormat, source: str = "the test channel"
) -> Iterator[float]:
    """The first column of CSV or libsvm. Raises EvaluationFailed for a label that is no number.

    `source` names the object.
    """
    for number, line in enumerate(lines, start=1):
        if line.strip():
            try:
                yield float(line.strip().partition(SEPARATORS[data_format])[0])
            except ValueError:
                raise EvaluationFailed(
                    f"Line {number} of {source} has a label that is no number. "
                    f"{_ORDER[data_format]}"
                ) from None


def as_array(rows: Iterable[list[float]], expected: int) -> Array:
    """The predictions: one dimension for one value in each row, otherwise two.

    Raises ValueError with a sentence when rows are missing or differ in length, or when a value is
    not finite.
    """
    values, widths, count = array("d"), set[int](), 0
    for row in rows:
        values.extend(row)
        widths.add(len(row))
        count += 1
    if count != expected:
        raise ValueError(f"there are {count} predictions for {expected} rows")
    if len(widths) != 1:
        raise ValueError("not every prediction has the same number of values")
    found = np.asarray(values)
    if not np.isfinite(found).all():
        raise ValueError("not every prediction is a finite number")
    (width,) = widths
    return found if width == 1 else found.reshape(count, width)
