"""Rows that a model is measured on and has learned from: then its score says too much.

Only what was sampled is compared, so that the share is at least that large.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BytesIO

from tuning.data.channel_sample import ChannelSample
from tuning.data.data_format import DataFormat
from tuning.data.labels import ENOUGH_ROWS
from tuning.data.piece import Piece
from tuning.data.recordio import read_records
from tuning.errors import Fault
from tuning.execution_input.channel import TRAIN

_LEAST_SHARE = 0.01
_REPEATS = 2  # times the share that repeats itself within train: rows of few values meet by chance


def shared_rows(channels: Sequence[ChannelSample], data_format: DataFormat) -> Iterator[Fault]:
    """A warning for each channel, beside train, with rows that train has too.

    Of Parquet no rows are read. Retrain.Channels may hold all that there is: nothing is measured on
    them.
    """
    train = next((channel for channel in channels if channel.field == f"Channels.{TRAIN}"), None)
    if train is None or data_format not in _ROWS:
        return
    rows = _hashes(train, data_format)
    learned = set(rows)
    by_chance = 1 - len(learned) / len(rows) if rows else 0
    for channel in channels:
        own = _hashes(channel, data_format) if channel is not train else []
        shared = sum(row in learned for row in own)
        share = shared / len(own) if len(own) >= ENOUGH_ROWS else 0
        if shared > 1 and share >= _LEAST_SHARE and share > _REPEATS * by_chance:
            least = "" if train.complete and channel.complete else "At least "
            yield channel.fault(
                f"{least}{share:.0%} of its rows also stand in train ({shared:,} of the "
                f"{len(own):,} that were looked at): the score is measured on what was learned.",
                "Split the table again; `retune split` keeps equal rows together.",
            )


def _hashes(channel: ChannelSample, data_format: DataFormat) -> list[int]:
    return [hash(row) for piece in channel.pieces for row in _ROWS[data_format](piece)]


def _lines(piece: Piece) -> Iterator[bytes]:
    return (text.strip().encode() for _, text in piece.lines())


def _records(piece: Piece) -> Iterator[bytes]:
    """Where a record begins is known of the beginning of an object alone, and the last is cut."""
    records = read_records(BytesIO(piece.content if piece.begins else b""))
    try:
        yield from (record.content for record in records)
    except ValueError:
        return


_ROWS: dict[DataFormat, Callable[[Piece], Iterator[bytes]]] = {
    DataFormat.CSV: _lines,
    DataFormat.LIBSVM: _lines,
    DataFormat.RECORDIO: _records,
}
