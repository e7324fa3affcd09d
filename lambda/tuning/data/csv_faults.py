"""Faults in rows of CSV that an algorithm would not report.

Built-in algorithms take CSV without a header row and with the label in the first column. XGBoost
reads a header row as data, and pandas' True and False both as 0: the run would go through and
deploy a useless model. Linear Learner would fail in every training job. What is refused here is
certain from the sample alone. A fault tells where a cell stands, never what it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tuning.algorithms.valid_range import number
from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_cells import cell_mistake, is_header, is_missing
from tuning.data.csv_sample import CsvSample
from tuning.data.label_rules import LabelRule
from tuning.data.labels import ENOUGH_ROWS, class_faults, label_faults
from tuning.data.numbered_header import numbered_header_faults
from tuning.errors import Fault
from tuning.execution_input.channel import TRAIN

# XGBoost's reader skips space before a number, tabs too, and takes the next cell.
_EMPTY_BETWEEN_TABS = (
    "is empty, which training does not see between tabs",
    'Separate columns by commas; in pandas: to_csv(..., sep=",").',
)


@dataclass(frozen=True)
class CsvRules:
    """What an algorithm wants of rows: whether it takes empty cells, which characters separate
    columns, and whether the second column holds weights."""

    label_rule: LabelRule | None = None
    missing_values: bool = True
    separators: str = ",;\t"
    weighted: bool = False

    @property
    def fewest_columns(self) -> int:
        """With a feature."""
        return 3 if self.weighted else 2


def csv_faults(channels: Sequence[ChannelSample], rules: CsvRules) -> Iterator[Fault]:
    """Faults of each sample, and of the samples together. A sample without a whole row has no other
    than that of its first cells.
    """
    read = [(channel, [*channel.csv]) for channel in channels]
    for channel, samples in read:
        faults = [fault for sample in samples for fault in islice(_faults(sample, rules), 1)]
        yield from faults or _of_channel(channel, rules.label_rule)
    yield from _check_widths([sample for _, samples in read for sample in samples])


def _faults(sample: CsvSample, rules: CsvRules) -> Iterator[Fault]:
    """The first is that of the first line that is wrong, or of the first label or weight."""
    if sample.rows and sample.delimiter in sample.piece.text and not sample.cut:
        yield from _check_separator(sample, rules)
    yield from _check_cells(sample, missing_values=rules.missing_values)
    yield from _check_labels(sample, rules)
    if sample.rows and not sample.cut and sample.columns < rules.fewest_columns:
        yield sample.piece.fault(
            f"Its rows have {sample.columns} columns, which leaves none for features.",
            "Write the label first, then the features, separated by commas.",
        )


def _check_separator(sample: CsvSample, rules: CsvRules) -> Iterator[Fault]:
    if sample.delimiter not in rules.separators:
        rule = "Its columns are separated by a character that the algorithm does not find out."
        yield sample.piece.fault(rule, 'Write it with commas; in pandas: to_csv(..., sep=",").')


def _check_cells(sample: CsvSample, *, missing_values: bool) -> Iterator[Fault]:
    first, *below = [*islice(sample.rows.values(), 2)] or [()]
    header = sample.piece.begins and is_header(first, below[0] if below else None)
    for line, row in sample.rows.items():
        if len(row) != sample.columns:
            (one, first_row), *_ = sample.rows.items()
            yield sample.piece.fault(
                f"{sample.piece.line(line)} has {len(row)} columns, line {one} has "
                f"{len(first_row)}.",
                "Write all rows with the same columns.",
            )
        for column, cell in enumerate(row, start=1):
            mistake = cell_mistake(
                cell, in_header=header and row is first, missing_values=missing_values
            )
            if cell == "" and sample.delimiter == "\t":
                mistake = _EMPTY_BETWEEN_TABS
            if mistake:
                rule, fix = mistake
                place = f"{sample.piece.line(line)}, column {column}"
                yield sample.piece.fault(f"{place} {rule}.", fix)
    yield from numbered_header_faults(sample)


def _check_labels(sample: CsvSample, rules: CsvRules) -> Iterator[Fault]:
    for line, row in sample.rows.items():
        place = sample.piece.line(line)
        yield from label_faults(sample.piece, f"{place}, column 1", row[0], rules.label_rule)
        weight = number(row[1]) if rules.weighted and len(row) > 1 else 0
        if weight is None or weight < 0:
            rule = f"{place}, column 2 is no weight, which csv_weights says that it is."
            fix = "Write a weight of 0 or more into each row, or leave csv_weights out."
            yield sample.piece.fault(rule, fix)


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
