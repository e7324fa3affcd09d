"""What a batch transform job wrote, as numbers beside the labels of the rows it was given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

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


def read_predictions(text: str) -> list[list[float]]:
    """One list a row, of one value or of one a class.

    XGBoost's container writes a line a row, several values as `[0.1, 0.9]`; Linear Learner writes
    JSON with a `score`, one object a row or `predictions` of many. Raises ValueError for anything
    else.
    """
    lines = (line.strip() for line in text.splitlines())
    return [row for line in lines if line for row in _rows(line)]


def _rows(line: str) -> list[list[float]]:
    if not line.startswith("{"):
        return [[float(cell) for cell in line.strip("[]").split(",")]]
    document = json.loads(line)
    return [_scores(entry) for entry in document.get("predictions", [document])]


def _scores(entry: Any) -> list[float]:
    score = entry.get("score") if isinstance(entry, dict) else None
    if score is None:
        raise ValueError(f"a prediction has no score: {str(entry)[:100]}")
    return [float(value) for value in (score if isinstance(score, list) else [score])]


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
