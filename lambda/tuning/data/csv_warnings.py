"""Warnings about the first rows of CSV data: what looks wrong, but may be meant.

What is certainly wrong is refused, in tuning.data.csv_faults.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.algorithms.valid_range import number
from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_sample import CsvSample
from tuning.data.labels import ENOUGH_ROWS, label_warnings
from tuning.data.numbered_header import numbered_header_warnings
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
        for sample in channel.csv:
            yield from numbered_header_warnings(sample)
        rows = channel.csv_rows
        if len(rows) >= ENOUGH_ROWS:
            yield from _row_numbers(channel.csv[0])
        yield from label_warnings(channel, [row[0] for row in rows])


def _row_numbers(sample: CsvSample) -> Iterator[Fault]:
    """to_csv of pandas writes row numbers first unless it is told not to."""
    first = [number(row[0]) for row in sample.rows.values()]
    start = first[0] if len(first) > 1 else None
    if start in (0, 1) and first == [start + position for position in range(len(first))]:
        yield sample.piece.fault(
            "Its first column, the label, counts the rows.",
            "Write the file without an index; in pandas: to_csv(..., index=False).",
        )
