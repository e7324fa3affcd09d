"""Columns of another channel that lie elsewhere than those of train: perhaps another column.

CSV has no names, so that a column that was added, left out or moved in one channel shows in its
values alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.data.channel_sample import ChannelSample
from tuning.data.column_warnings import named, values
from tuning.data.labels import ENOUGH_ROWS
from tuning.errors import Fault
from tuning.execution_input.channel import TRAIN

_MOST = 0.5  # of a column's values outside of what train has


def shifted_columns(channels: Sequence[ChannelSample]) -> Iterator[Fault]:
    """A warning for each channel of CSV; all of them have as many columns."""
    train = next((channel for channel in channels if channel.name == TRAIN), None)
    learned = _columns(train) if train else []
    for channel in channels:
        columns = _columns(channel) if channel is not train and learned else []
        shifted = [
            place
            for place, (own, of_train) in enumerate(zip(columns, learned, strict=False), start=1)
            if _outside(own, of_train) > _MOST
        ]
        if shifted:
            yield channel.fault(
                f"{named(shifted)} values that mostly lie outside of those in train.",
                "Look whether the columns are the same, in the same order and unit.",
            )


def _columns(channel: ChannelSample) -> list[list[float]]:
    """The values that are there, by column; nothing of a few rows."""
    rows = channel.csv_rows
    if len(rows) < ENOUGH_ROWS:
        return []
    columns = zip(*map(values, rows), strict=True)
    return [[value for value in column if value is not None] for column in columns]


def _outside(own: Sequence[float], of_train: Sequence[float]) -> float:
    """The share of values beyond the smallest and the largest of train."""
    if len(own) < ENOUGH_ROWS or len(of_train) < ENOUGH_ROWS:
        return 0
    low, high = min(of_train), max(of_train)
    if low == high:
        return 0  # where rows are sorted, there may be others in the rest
    return sum(not low <= value <= high for value in own) / len(own)
