"""Predictions as they are written: CSV a row a line as they come, or a list of JSON objects."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tuning.report.csv_lines import csv_lines

from retune.endpoints.class_answers import PREDICTED
from retune.output.listed import write_json
from retune.output.terminal import write

_ACTUAL = "actual"


class Predicted(StrEnum):
    """How predictions are written."""

    CSV = "csv"
    JSON = "json"


@dataclass(frozen=True)
class Prediction:
    """What was answered to a row: its cells, with names where a table's description has them."""

    actual: str | None  # what really happened, where that is asked for
    cells: list[str]
    columns: list[str] | None = None

    @property
    def header(self) -> list[str] | None:
        """Of CSV; None where rows of an answer alone stand for themselves."""
        if self.columns is None:
            return None if self.actual is None else [_ACTUAL, PREDICTED]
        return [*([] if self.actual is None else [_ACTUAL]), *self.columns]

    @property
    def row(self) -> list[str]:
        """Of CSV."""
        return [*([] if self.actual is None else [self.actual]), *self.cells]

    def as_document(self) -> dict[str, Any]:
        """For programs: numbers are numbers, a class is a text."""
        actual = {} if self.actual is None else {_ACTUAL: self.actual}
        if self.columns is not None:
            named = dict(zip(self.columns, map(_value, self.cells), strict=True))
            return {**actual, **named, PREDICTED: self._class(named)}
        values = [_value(cell.strip("[] ")) for cell in self.cells]
        return {**actual, PREDICTED: values[0] if len(values) == 1 else values}

    def _class(self, named: dict[str, Any]) -> Any:
        """A class is called as the table has it, also where it looks like a number."""
        return self.cells[0] if len(named) > 1 else named[PREDICTED]


def answer_cells(answer: str) -> list[str]:
    """Of a line that an endpoint answers, which may have several numbers."""
    return next(csv.reader([answer]), []) or [""]


def write_predictions(predictions: Iterable[Prediction], format: Predicted) -> None:
    if format is Predicted.JSON:
        write_json([each.as_document() for each in predictions])
        return
    for number, prediction in enumerate(predictions):
        if number == 0 and prediction.header is not None:
            write(_line(prediction.header))
        write(_line(prediction.row))


def _line(cells: list[str]) -> str:
    return csv_lines([cells]).removesuffix("\n")


def _value(cell: str) -> float | str:
    try:
        return float(cell)
    except ValueError:
        return cell
