"""DataProcessing of a batch transform job: which columns go in, which come out, and the join.

A CSV row is an array to the filters: `$[1:]` leaves the first column out, `$[0,-1]` keeps the
first and the last (developer guide, "Associate Prediction Results with Input Records").
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from local_sagemaker.sagemaker.errors import ValidationException

_ALL = "$"
_COLUMNS = re.compile(r"\$\[(?P<columns>[-\d:,\s]+)\]")
_COLUMN = re.compile(r"-?\d+|(?:-?\d+)?:(?:-?\d+)?")
_CSV = "text/csv"

Row = list[str]


class ProcessingFailed(Exception):
    """The message is part of the job's FailureReason."""


@dataclass(frozen=True)
class Columns:
    """The columns that a filter such as `$[1:]` selects; the empty tuple selects all."""

    parts: tuple[int | slice, ...] = ()
    text: str = _ALL

    @classmethod
    def parse(cls, text: str, member: str) -> Columns:
        """Read a filter.

        Raises:
            ValidationException: it is not one of columns.
        """
        if text == _ALL:
            return cls()
        match = _COLUMNS.fullmatch(text)
        parts = [part.strip() for part in match["columns"].split(",")] if match else []
        if not parts or not all(_COLUMN.fullmatch(part) for part in parts):
            raise ValidationException(
                f"DataProcessing.{member} '{text}' selects no columns: local AWS takes $ and "
                "lists of columns such as $[1:] or $[0,-1]."
            )
        return cls(tuple(_part(part) for part in parts), text)

    def of(self, row: Row) -> Row:
        """The selected fields.

        Raises:
            ProcessingFailed: the row has no such column, or the filter lists a range beside others,
                which creation takes and the job does not (aws/sagemaker-python-sdk#1112).
        """
        if not self.parts:
            return row
        if len(self.parts) > 1 and any(isinstance(part, slice) for part in self.parts):
            raise ProcessingFailed(
                f"Invalid JsonPath: {self.text}: only single range filters of format (eg: [1:5]) "
                "are supported"
            )
        selected: Row = []
        for part in self.parts:
            if isinstance(part, slice):
                selected += row[part]
            elif -len(row) <= part < len(row):
                selected.append(row[part])
            else:
                raise ProcessingFailed(f"A filter selects column {part} of {len(row)}")
        return selected


@dataclass(frozen=True)
class DataProcessing:
    """What a job does to each row before the container and after it."""

    input_columns: Columns = Columns()
    output_columns: Columns = Columns()
    join: bool = False

    @property
    def by_rows(self) -> bool:
        """Whether answers are to be taken apart into rows."""
        return self.join or bool(self.output_columns.parts)

    @classmethod
    def of(cls, request: dict[str, Any]) -> DataProcessing:
        """Read and check what CreateTransformJob asks for.

        Raises:
            ValidationException: filters that only JSON has, or a join without lines.
        """
        given = request.get("DataProcessing")
        if not given:
            return cls()
        processing = cls(
            Columns.parse(given.get("InputFilter", _ALL), "InputFilter"),
            Columns.parse(given.get("OutputFilter", _ALL), "OutputFilter"),
            given.get("JoinSource", "None") == "Input",
        )
        if processing != cls():
            _check_lines(request, processing)
        return processing

    def before(self, content: bytes) -> bytes:
        """The rows of an object as the container gets them."""
        if not self.input_columns.parts:
            return content
        return _text([self.input_columns.of(row) for row in _rows(content)])

    def after(self, given: bytes, answer: bytes) -> bytes:
        """The rows of an answer, joined with the rows that were given and filtered.

        Raises:
            ProcessingFailed: the container did not answer every row.
        """
        answers = _rows(answer)
        if self.join:
            inputs = _rows(given)
            if len(answers) == 1 and len(answers[0]) == len(inputs):
                answers = [[field] for field in answers[0]]
            if len(answers) != len(inputs):
                raise ProcessingFailed(
                    f"{len(answers)} answers cannot be joined with {len(inputs)} input rows"
                )
            answers = [row + answer for row, answer in zip(inputs, answers, strict=True)]
        return _text([self.output_columns.of(row) for row in answers])


def _check_lines(request: dict[str, Any], processing: DataProcessing) -> None:
    source, target = request["TransformInput"], request["TransformOutput"]
    content_type = source.get("ContentType", "").split(";")[0].strip()
    if content_type != _CSV or source.get("SplitType") != "Line":
        raise ValidationException(
            "Local AWS has DataProcessing for CSV rows only: set TransformInput.ContentType to "
            f"{_CSV} and SplitType to Line."
        )
    if processing.by_rows and target.get("AssembleWith") != "Line":
        raise ValidationException(
            "DataProcessing that joins or filters output needs TransformOutput.AssembleWith Line."
        )
    if processing.by_rows and target.get("Accept", _CSV) != _CSV:
        raise ValidationException(
            f"DataProcessing that joins or filters output needs TransformOutput.Accept {_CSV}."
        )


def _part(text: str) -> int | slice:
    if ":" not in text:
        return int(text)
    start, end = (int(edge) if edge else None for edge in text.split(":"))
    return slice(start, end)


def _rows(content: bytes) -> list[Row]:
    return [row for row in csv.reader(io.StringIO(content.decode())) if row]


def _text(rows: Sequence[Row]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(rows)
    return text.getvalue().encode()
