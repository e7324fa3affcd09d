"""What a batch transform job of a built-in algorithm wrote: where it lies, and its numbers."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from tuning.data.s3_location import S3Location, S3Object, below


def output_of(entry: S3Object, channel: S3Location, output: S3Location) -> S3Location:
    """Where the predictions of an object lie: `<key below the channel>.out` below the output.

    `output` is a prefix that ends with a slash.
    """
    return S3Location(output.bucket, f"{output.key}{below(entry.key, channel)}.out")


def read_predictions(lines: Iterable[str]) -> Iterator[list[float]]:
    """One list for each row: one value, or one for each class.

    XGBoost's container writes one line for each row, several values as `[0.1, 0.9]`. Linear Learner
    writes JSON: an object with a `score` for each row, or an object with `predictions` of many
    rows. Raises ValueError for anything else.
    """
    for line in lines:
        if content := line.strip():
            yield from _rows(content)


def _rows(line: str) -> list[list[float]]:
    if not line.startswith("{"):
        return [[_number(cell) for cell in line.strip("[]").split(",")]]
    try:
        document = json.loads(line)
        return [_scores(entry) for entry in document.get("predictions", [document])]
    except (TypeError, KeyError, RecursionError):
        raise ValueError("a line of JSON has no score for each row") from None


def _scores(entry: dict[str, Any]) -> list[float]:
    score = entry["score"]
    return [_number(value) for value in (score if isinstance(score, list) else [score])]


def _number(value: Any) -> float:
    try:
        return float(value)
    except (ValueError, TypeError, OverflowError):
        raise ValueError("a prediction is no number") from None
