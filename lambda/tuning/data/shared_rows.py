"""Rows that a model is measured on and has learned from: then its score says too much.

Only what was sampled is compared, so that the share is at least that large.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.data.channel_sample import ChannelSample
from tuning.data.labels import ENOUGH_ROWS
from tuning.errors import Fault
from tuning.execution_input.channel import TRAIN

_LEAST_SHARE = 0.01
_REPEATS = 2  # times the share that repeats itself within train: rows of few values meet by chance


def shared_rows(channels: Sequence[ChannelSample]) -> Iterator[Fault]:
    """A warning for each channel of text, beside train, with rows that train has too.

    Retrain.Channels may hold all that there is: nothing is measured on them.
    """
    train = next((channel for channel in channels if channel.field == f"Channels.{TRAIN}"), None)
    if train is None:
        return
    rows = _rows(train)
    learned = set(rows)
    by_chance = 1 - len(learned) / len(rows) if rows else 0
    for channel in channels:
        own = _rows(channel) if channel is not train else []
        shared = sum(row in learned for row in own)
        share = shared / len(own) if len(own) >= ENOUGH_ROWS else 0
        if shared > 1 and share >= _LEAST_SHARE and share > _REPEATS * by_chance:
            least = "" if train.complete and channel.complete else "At least "
            yield channel.fault(
                f"{least}{share:.0%} of its rows also stand in train ({shared:,} of the "
                f"{len(own):,} that were looked at): the score is measured on what was learned.",
                "Split the table again; `retune split` keeps equal rows together.",
            )


def _rows(channel: ChannelSample) -> list[int]:
    """Each row as a hash of its text."""
    return [hash(text.strip()) for piece in channel.pieces for _, text in piece.lines()]
