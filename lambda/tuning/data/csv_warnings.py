"""Warnings about the first rows of CSV data: what looks wrong, but may be meant.

What is certainly wrong is refused, in tuning.data.csv_faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.algorithms.valid_range import number
from tuning.data.csv_faults import CsvSample
from tuning.errors import Fault

MIN_ROWS = 20  # fewer rows say nothing about the whole


def csv_warnings(samples: Sequence[CsvSample]) -> list[Fault]:
    """Warnings about each channel's sample."""
    return [
        warning
        for sample in samples
        if len(sample.rows) >= MIN_ROWS
        for warning in (*_row_numbers(sample), *_one_label(sample))
    ]


def _row_numbers(sample: CsvSample) -> Iterator[Fault]:
    """to_csv of pandas writes row numbers first unless it is told not to."""
    first = [number(row[0]) for row in sample.rows]
    start = first[0]
    if start in (0, 1) and first == [start + position for position in range(len(first))]:
        yield Fault(
            sample.field,
            sample.uri,
            "Its first column, the label, counts the rows.",
            "Write the file without an index; in pandas: to_csv(..., index=False).",
        )


def _one_label(sample: CsvSample) -> Iterator[Fault]:
    """The rows seem to be sorted by label: then a part of them may hold one class only."""
    if not sample.complete and len({row[0] for row in sample.rows}) == 1:
        yield Fault(
            sample.field,
            sample.uri,
            f"Its first {len(sample.rows)} rows all have the same label.",
            "Shuffle the rows before you split them.",
        )
