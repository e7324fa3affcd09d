"""Labels of rows, of whatever format, against the objective."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from tuning.algorithms.valid_range import number
from tuning.data.channel_sample import ChannelSample
from tuning.data.label_rules import LabelRule
from tuning.data.piece import Piece
from tuning.errors import Fault

ENOUGH_ROWS = 20  # fewer rows say nothing about the whole
WITH_LABELS = "Put the label first, and leave rows out whose label is not known."


def label_faults(
    piece: Piece, place: str, label: str, label_rule: LabelRule | None
) -> Iterator[Fault]:
    """At most one; `place` says which row it is."""
    value = number(label)
    if value is None:
        yield piece.fault(f"{place} has no number for its label.", WITH_LABELS)
    elif label_rule and not label_rule.takes(value):
        first = " and number the classes from 0" if label_rule.is_class else ""
        yield piece.fault(
            f"{place} has a label that the objective does not take: it needs {label_rule.needs}.",
            f"Put the label first{first}, or choose another objective.",
        )


def class_faults(
    channel: ChannelSample, labels: Sequence[str], label_rule: LabelRule | None
) -> Iterator[Fault]:
    """When a channel that was read as a whole has one class."""
    is_class = label_rule is not None and label_rule.is_class
    if channel.complete and is_class and len({number(label) for label in labels}) == 1:
        yield channel.fault(
            "Every row has the same label, so that there is nothing to learn.",
            "Shuffle the rows before you split them.",
        )


def label_warnings(channel: ChannelSample, labels: Sequence[str]) -> Iterator[Fault]:
    """The rows seem to be sorted by label: then a part of them may hold one class only."""
    if not channel.complete and len(labels) >= ENOUGH_ROWS and len(set(labels)) == 1:
        yield channel.fault(
            f"The {len(labels):,} rows that were looked at all have the same label.",
            "Shuffle the rows before you split them.",
        )
