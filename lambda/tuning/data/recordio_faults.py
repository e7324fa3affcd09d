"""Faults in records of recordio-protobuf: their labels, and how many features they have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import islice

from tuning.data.channel_sample import ChannelSample
from tuning.data.checked import Checked
from tuning.data.label_rules import LabelRule
from tuning.data.labels import class_faults, label_faults, label_warnings
from tuning.data.piece import Piece
from tuning.data.recordio import count_features, read_records
from tuning.errors import Fault


@dataclass(frozen=True)
class _Records:
    """The labels of the whole records of a part, and why there are no more."""

    labels: list[str]
    mistake: str | None


def check_recordio(channels: Sequence[ChannelSample], label_rule: LabelRule | None) -> Checked:
    """Where a record begins is known of the beginning of an object alone."""
    checked = Checked()
    for channel in channels:
        begun = [(piece, _read(piece)) for piece in channel.pieces if piece.begins]
        labels = [label for _, records in begun for label in records.labels]
        faults = [
            fault
            for piece, records in begun
            for fault in islice(_piece_faults(piece, records, label_rule), 1)
        ]
        checked.faults.extend(faults or class_faults(channel, labels, label_rule))
        checked.warnings.extend(label_warnings(channel, labels))
        if not labels and not faults:
            rule = "A record is longer than the part that was read, so that none was looked at."
            checked.warnings.append(channel.fault(rule, "Look at the records yourself."))
    checked.faults.extend(_width_faults(channels))
    return checked


def _read(piece: Piece) -> _Records:
    labels: list[str] = []
    try:
        labels.extend(str(record.label) for record in read_records(BytesIO(piece.content)))
    except ValueError as fault:
        # The last record of a part goes on behind it.
        return _Records(labels, str(fault) if piece.ends else None)
    return _Records(labels, None)


def _piece_faults(piece: Piece, records: _Records, label_rule: LabelRule | None) -> Iterator[Fault]:
    for position, label in enumerate(records.labels, start=1):
        yield from label_faults(piece, f"Record {position}", label, label_rule)
    if records.mistake:
        fix = 'Write recordio-protobuf, with a label "values" in each record.'
        yield piece.fault(f"{records.mistake[0].upper()}{records.mistake[1:]}.", fix)


def _width_faults(channels: Sequence[ChannelSample]) -> Iterator[Fault]:
    """Of the first record of each object; a sparse one may not tell."""
    pieces = [piece for channel in channels for piece in channel.pieces if piece.begins]
    widths = [(piece, count_features(BytesIO(piece.content))) for piece in pieces]
    known = [(piece, width) for piece, width in widths if width is not None]
    for piece, width in known[1:]:
        first, of_first = known[0]
        if width != of_first:
            yield piece.fault(
                f"Its records have {width} features, those of {first.uri} have {of_first}.",
                "Prepare both in the same way: the same features, in the same order.",
            )
