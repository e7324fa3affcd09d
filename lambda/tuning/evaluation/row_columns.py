"""Columns of the test channel's rows, by which rows belong to groups."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping
from math import isfinite

import numpy as np

from tuning.data.csv_cells import MISSING
from tuning.data.data_format import DataFormat
from tuning.errors import EvaluationFailed
from tuning.evaluation.losses import Array
from tuning.evaluation.predictions import SEPARATORS

NAN = float("nan")


class RowColumns:
    """Collects columns of rows of text as they are read; 0 is the label.

    Column 3 is a row's fourth cell in CSV, and the feature of index 3 in libsvm, where features
    that are left out are 0.
    """

    def __init__(self, columns: Iterable[int], data_format: DataFormat) -> None:
        self._format = data_format
        self._values = {column: array("d") for column in columns}

    def of(self, lines: Iterable[bytes], source: str) -> Iterator[bytes]:
        """The lines as they are. Raises EvaluationFailed for a cell that is no number."""
        for number, line in enumerate(lines, start=1):
            if self._values and (content := line.strip()):
                self._add(content, f"Line {number} of {source}")
            yield line

    def values(self) -> Mapping[int, Array]:
        """One number a row, NaN where there is none."""
        return {column: np.asarray(values) for column, values in self._values.items()}

    def _add(self, row: bytes, place: str) -> None:
        cells = row.split(SEPARATORS[self._format])
        if self._format is DataFormat.LIBSVM:
            pairs = (cell.partition(b":") for cell in cells[1:])
            features = {index: value for index, _, value in pairs}
        for column, values in self._values.items():
            if self._format is DataFormat.LIBSVM and column:
                cell = features.get(str(column).encode(), b"0")
            else:
                cell = cells[column] if column < len(cells) else b""
            values.append(_number(cell.decode(errors="replace"), column, place))


def _number(cell: str, column: int, place: str) -> float:
    if cell.strip().lower() in MISSING:
        return NAN
    try:
        value = float(cell)
    except ValueError:
        raise EvaluationFailed(
            f"{place} has no number in column {column}, by which Promotion.Slices groups rows."
        ) from None
    return value if isfinite(value) else NAN
