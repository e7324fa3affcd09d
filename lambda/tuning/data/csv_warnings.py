"""Warnings about the first rows of CSV data: what looks wrong, but may be meant.

What is certainly wrong is refused, in tuning.data.csv_faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.algorithms.valid_range import number
from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_faults import ENOUGH_ROWS
from tuning.data.csv_sample import Cells, CsvSample
from tuning.errors import Fault


def csv_warnings(channels: Sequence[ChannelSample]) -> Iterator[Fault]:
    """Warnings about each channel's sample."""
    for channel in channels:
        if any(sample.cut for sample in channel.csv):
            yield channel.fault(
                "A row is longer than the part that was read, so that only its first cells were "
                "looked at.",
                "Look at the rest of the row yourself: numbers only, as many in each row.",
            )
        rows = channel.csv_rows
        if len(rows) >= ENOUGH_ROWS:
            yield from _row_numbers(channel.csv[0])
            yield from _one_label(channel, rows)


def _row_numbers(sample: CsvSample) -> Iterator[Fault]:
    """to_csv of pandas writes row numbers first unless it is told not to."""
    first = [number(row[0]) for row in sample.rows.values()]
    start = first[0] if len(first) > 1 else None
    if start in (0, 1) and first == [start + position for position in range(len(first))]:
        yield sample.piece.fault(
            "Its first column, the label, counts the rows.",
            "Write the file without an index; in pandas: to_csv(..., index=False).",
        )


def _one_label(channel: ChannelSample, rows: Sequence[Cells]) -> Iterator[Fault]:
    """The rows seem to be sorted by label: then a part of them may hold one class only."""
    if not channel.complete and len({row[0] for row in rows}) == 1:
        yield channel.fault(
            f"The {len(rows):,} rows that were looked at all have the same label.",
            "Shuffle the rows before you split them.",
        )
