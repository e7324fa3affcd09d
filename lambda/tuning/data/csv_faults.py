"""Faults in the first rows of CSV data that an algorithm would not report.

Built-in algorithms take CSV without a header row and with the label in the first column. XGBoost
reads a header row as data, and pandas' True and False both as 0: the run would go through and
deploy a useless model. Linear Learner would fail in every training job. What is refused here is
certain from the sample alone. A fault tells where a cell stands, never what it holds.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from tuning.algorithms.valid_range import is_whole, number
from tuning.errors import Fault

Row = Sequence[str]
_BOOLEANS = {"true", "false"}
MISSING = {"", "nan", "na"}


@dataclass(frozen=True)
class CsvSample:
    """The beginning of a channel's first object; `complete` when that is all of the channel."""

    field: str  # of the input: Channels.train
    uri: str
    rows: Sequence[Row]
    complete: bool

    @classmethod
    def read(cls, field: str, uri: str, content: bytes, *, cut: bool, complete: bool) -> CsvSample:
        """`cut`: the object goes on, so that the last line may be half of one."""
        lines = content.decode("utf-8-sig", errors="replace").splitlines()
        delimiter = delimiter_of(lines[0] if lines else "")
        whole_lines = lines[:-1] if cut else lines
        rows = [line.split(delimiter) for line in whole_lines if line.strip()]
        return cls(field, uri, rows, complete)

    @property
    def columns(self) -> int:
        return len(self.rows[0])


def delimiter_of(line: str) -> str:
    """The container, too, guesses it from the first line."""
    return max(",;\t|", key=line.count)


def check_samples(
    samples: Sequence[CsvSample],
    label_rule: str | None,
    num_class: str | None,
    *,
    missing_values: bool = True,
) -> Iterator[Fault]:
    """Faults of each sample, and of the samples together. A sample without a whole row has none.

    `label_rule` is the algorithm's rule for the objective: zero_or_one, or below_num_class, which
    `num_class` belongs to. `missing_values` says whether the algorithm takes empty cells.
    """
    with_rows = [sample for sample in samples if sample.rows]
    empty = MISSING if missing_values else frozenset[str]()
    for sample in with_rows:
        cell_faults = [*_check_cells(sample, empty)]
        yield from cell_faults or _check_labels(sample, label_rule, num_class)
    for sample in with_rows[1:]:
        if sample.columns != with_rows[0].columns:
            yield Fault(
                sample.field,
                sample.uri,
                f"It has {sample.columns} columns, {with_rows[0].uri} has {with_rows[0].columns}.",
                "Prepare both in the same way: the label first, then the same features.",
            )


def _check_cells(sample: CsvSample, empty: Collection[str]) -> Iterator[Fault]:
    """At most one fault: of the first line that is wrong."""
    for line, row in enumerate(sample.rows, start=1):
        for column, cell in enumerate(row):
            if number(cell) is None and cell.strip().lower() not in empty:
                yield _cell_fault(sample, line, column, cell)
                return
        if len(row) != sample.columns:
            yield Fault(
                sample.field,
                sample.uri,
                f"Line {line} has {len(row)} columns, line 1 has {sample.columns}.",
                "Write all rows with the same columns.",
            )
            return


def _cell_fault(sample: CsvSample, line: int, column: int, cell: str) -> Fault:
    if cell.strip().lower() in _BOOLEANS:
        rule = "is a truth value; the algorithm reads True and False alike as 0"
        fix = "Write them as 1 and 0; in pandas: get_dummies(frame, dtype=int)."
    elif cell.strip().lower() in MISSING:
        rule = "is a missing value, which the algorithm does not take"
        fix = "Fill it, for example with the mean of its column, or leave the row out."
    elif line == 1 and _is_number_below(sample.rows, column):
        rule = "is part of a header row, which the algorithm takes for data"
        fix = "Write the file without it; in pandas: to_csv(..., header=False, index=False)."
    else:
        rule = "is no number"
        fix = "Encode text as numbers; in pandas: get_dummies(frame, dtype=int)."
    return Fault(sample.field, sample.uri, f"Line {line}, column {column + 1} {rule}.", fix)


def _is_number_below(rows: Sequence[Row], column: int) -> bool:
    return len(rows) > 1 and len(rows[1]) > column and number(rows[1][column]) is not None


def _check_labels(
    sample: CsvSample, label_rule: str | None, num_class: str | None
) -> Iterator[Fault]:
    if label_rule is None or (label_rule == "below_num_class" and not num_class):
        return
    classes = 2 if label_rule == "zero_or_one" else int(num_class or 0)
    labels = [row[0] for row in sample.rows]
    for line, label in enumerate(labels, start=1):
        value = number(label)
        if value is None or not is_whole(value) or not 0 <= value < classes:
            yield Fault(
                sample.field,
                sample.uri,
                f"Line {line}, column 1 has a label that the objective does not take: it needs "
                f"whole numbers from 0 to {classes - 1}.",
                "Put the label first and number the classes from 0, or choose another objective.",
            )
            return
    if sample.complete and len({number(label) for label in labels}) == 1:
        yield Fault(
            sample.field,
            sample.uri,
            "Every row has the same label, so that there is nothing to learn.",
            "Shuffle the rows before you split them.",
        )
