"""Faults in rows of CSV that an algorithm would not report.

Built-in algorithms take CSV without a header row and with the label in the first column. XGBoost
reads a header row as data, and pandas' True and False both as 0: the run would go through and
deploy a useless model. Linear Learner would fail in every training job. What is refused here is
certain from the sample alone. A fault tells where a cell stands, never what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_cells import cell_mistake, is_header, is_missing
from tuning.data.csv_sample import Cells, CsvSample
from tuning.data.label_rules import LabelRule
from tuning.data.labels import ENOUGH_ROWS, class_faults, label_faults
from tuning.errors import Fault

TRAIN = "train"
HEADER_OF_NUMBERS = "Line 1 counts the columns, as a header row of pandas does"
WITHOUT_HEADER = "Write the file without it; in pandas: to_csv(..., header=False, index=False)."
_NAMELESS = 3  # columns from which 0,1,2 may be names


def csv_faults(
    channels: Sequence[ChannelSample], label_rule: LabelRule | None, *, missing_values: bool
) -> Iterator[Fault]:
    """Faults of each sample, and of the samples together. A sample without a whole row has no other
    than that of its first cells.

    `missing_values` says whether the algorithm takes empty cells.
    """
    read = [(channel, [*channel.csv]) for channel in channels]
    for channel, samples in read:
        faults = [
            fault
            for sample in samples
            for fault in _faults(sample, label_rule, missing_values=missing_values)
        ]
        yield from faults or _of_channel(channel, label_rule)
    yield from _check_widths([sample for _, samples in read for sample in samples])


def _faults(
    sample: CsvSample, label_rule: LabelRule | None, *, missing_values: bool
) -> Iterator[Fault]:
    """At most one: of the first line that is wrong, or of the first label."""
    cell_faults = [*islice(_check_cells(sample, missing_values=missing_values), 1)]
    yield from cell_faults or islice(_check_labels(sample, label_rule), 1)


def _check_cells(sample: CsvSample, *, missing_values: bool) -> Iterator[Fault]:
    first, *below = [*islice(sample.rows.values(), 2)] or [()]
    header = sample.piece.begins and is_header(first, below[0] if below else None)
    for line, row in sample.rows.items():
        for column, cell in enumerate(row, start=1):
            mistake = cell_mistake(
                cell, in_header=header and row is first, missing_values=missing_values
            )
            if mistake:
                rule, fix = mistake
                place = f"{sample.piece.line(line)}, column {column}"
                yield sample.piece.fault(f"{place} {rule}.", fix)
        if len(row) != sample.columns:
            (one, first_row), *_ = sample.rows.items()
            yield sample.piece.fault(
                f"{sample.piece.line(line)} has {len(row)} columns, line {one} has "
                f"{len(first_row)}.",
                "Write all rows with the same columns.",
            )
    if sample.piece.begins and counts_columns(sample) and _is_unlike(first, sample):
        yield sample.piece.fault(
            f"{HEADER_OF_NUMBERS}: the algorithm takes it for data.", WITHOUT_HEADER
        )


def counts_columns(sample: CsvSample) -> bool:
    """pandas names columns 0,1,2,... when nobody does."""
    first, *below = [*islice(sample.rows.values(), 2)] or [()]
    counted = [str(position) for position in range(len(first))]
    return len(first) >= _NAMELESS and [*first] == counted and [*below] != [first]


def _is_unlike(first: Cells, sample: CsvSample) -> bool:
    """Whether a column has fractions in all rows but the first one, which is no row then."""
    below = [row for row in sample.rows.values() if row is not first]
    columns = zip(*below, strict=True) if below else ()
    return any(all("." in cell for cell in column) for column in columns)


def _check_labels(sample: CsvSample, label_rule: LabelRule | None) -> Iterator[Fault]:
    for line, row in sample.rows.items():
        place = f"{sample.piece.line(line)}, column 1"
        yield from label_faults(sample.piece, place, row[0], label_rule)


def _of_channel(channel: ChannelSample, label_rule: LabelRule | None) -> Iterator[Fault]:
    rows = channel.csv_rows
    if len(rows) < ENOUGH_ROWS and not channel.complete:
        return
    if channel.name == TRAIN and rows and all(len(row) > 1 and is_missing(row[-1]) for row in rows):
        yield channel.fault(
            f"The last column is empty in {channel.all_of(len(rows))}: training does not count it, "
            "and the endpoint refuses rows that have it.",
            "Leave the column out, or the separator at the end of each row.",
        )
    yield from class_faults(channel, [row[0] for row in rows], label_rule)


def _check_widths(samples: Sequence[CsvSample]) -> Iterator[Fault]:
    whole = [sample for sample in samples if sample.rows and not sample.cut]
    for sample in whole[1:]:
        first = whole[0]
        if sample.columns != first.columns:
            yield sample.piece.fault(
                f"It has {sample.columns} columns, {first.piece.uri} has {first.columns}.",
                "Prepare both in the same way: the label first, then the same features.",
            )
        elif sample.columns > 1 and sample.delimiter != first.delimiter:
            yield sample.piece.fault(
                f"Its columns are not separated as those of {first.piece.uri}, from which training "
                "takes the separator.",
                "Separate all columns by commas.",
            )
