"""Faults in rows of libsvm: `label[:weight] [qid:id] index:value ...`.

XGBoost itself is silent about other formats. Its container looks at the first rows, as far as the
first with two features, and there divides a line by single spaces; the endpoint does so in all.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from tuning.algorithms.valid_range import number
from tuning.data.channel_sample import ChannelSample
from tuning.data.checked import Checked
from tuning.data.label_rules import LabelRule
from tuning.data.labels import class_faults, label_faults, label_warnings
from tuning.data.piece import Piece
from tuning.errors import Fault
from tuning.execution_input.channel import TRAIN

_LOOKED_AT = 3  # a label and two features
_LARGEST_INDEX = 10**9  # each column takes eight bytes, whether a row has it or not


@dataclass(frozen=True)
class _Row:
    line: int
    place: str
    text: str

    @property
    def tokens(self) -> list[str]:
        return self.text.partition("#")[0].split()

    @property
    def comment(self) -> str:
        """Training leaves it out, and the endpoint reads what has a colon as a feature."""
        return self.text.partition("#")[2]

    @property
    def label(self) -> str:
        return self.tokens[0].partition(":")[0] if self.tokens else ""

    @property
    def weight(self) -> str:
        """Of a row without one it is 1, as for XGBoost."""
        _, colon, weight = self.tokens[0].partition(":") if self.tokens else ("", "", "")
        return weight if colon else "1"

    @property
    def features(self) -> Iterator[tuple[str, str]]:
        """Index and value as texts; the value is empty for what is no pair. A qid comes first."""
        for position, token in enumerate(self.tokens[1:]):
            index, _, value = token.partition(":")
            if position or index != "qid":
                yield index, value


def check_libsvm(channels: Sequence[ChannelSample], label_rule: LabelRule | None) -> Checked:
    """Faults of each row, and of the widths together."""
    checked = Checked()
    for channel in channels:
        faults = [
            fault
            for piece in channel.pieces
            for fault in islice(_piece_faults(piece, label_rule), 1)
        ]
        labels = [row.label for piece in channel.pieces for row in _rows(piece)]
        checked.faults.extend(faults or class_faults(channel, labels, label_rule))
        checked.warnings.extend(label_warnings(channel, labels))
        if not labels:
            checked.warnings.append(_too_long(channel))
    if not checked.faults:
        _check_widths(channels, checked)
    return checked


def _rows(piece: Piece) -> Iterator[_Row]:
    return (_Row(line, piece.line(line), text) for line, text in piece.lines())


def _piece_faults(piece: Piece, label_rule: LabelRule | None) -> Iterator[Fault]:
    spaced = piece.begins  # as far as the container looks at single spaces
    for position, row in enumerate(_rows(piece), start=1):
        if spaced and row.line > position:
            rule = f"{piece.line(position)} is empty, which the container takes for a row."
            yield piece.fault(rule, "Leave it out.")
        if row.text.lstrip().startswith("#") or (spaced and "#" in row.text) or ":" in row.comment:
            rule = f"{row.place} has a comment, which the container takes for a part of a row."
            yield piece.fault(
                rule, "Leave it out; in scikit-learn: dump_svmlight_file(comment=None)."
            )
        elif "\t" in row.text or (spaced and "" in row.text.split(" ")):
            rule = f"{row.place} has a tab, or a space that divides nothing."
            yield piece.fault(rule, "Divide label and features by single spaces.")
        yield from label_faults(piece, row.place, row.label, label_rule)
        if number(row.weight) is None:
            rule = f"{row.place} has a weight after its label that is no number."
            yield piece.fault(rule, "Write label:weight, two numbers, or the label alone.")
        for index, value in row.features:
            mistake = _feature_mistake(index, value)
            if mistake:
                fix = "Write each feature as index:value, two numbers, and count indices from 0."
                yield piece.fault(f"{row.place} has a feature {mistake}.", fix)
        spaced = spaced and len(row.tokens) < _LOOKED_AT
    if spaced and piece.ends and piece.text.endswith(("\n\n", "\n\r\n")):
        rule = "It ends with an empty line, which the container takes for a row."
        yield piece.fault(rule, "Leave it out.")


def _feature_mistake(index: str, value: str) -> str | None:
    if not (index.isascii() and index.isdigit()) or number(value) is None:
        return "that is no index:value"
    if len(index.lstrip("0")) > len(str(_LARGEST_INDEX)) or int(index) > _LARGEST_INDEX:
        return f"whose index is above {_LARGEST_INDEX:,}"
    return None


def _widest(channel: ChannelSample) -> int:
    """The highest index in the sample, -1 without a feature."""
    indices = (
        int(index) for piece in channel.pieces for row in _rows(piece) for index, _ in row.features
    )
    return max(indices, default=-1)


def _check_widths(channels: Sequence[ChannelSample], checked: Checked) -> None:
    """No row may have a feature beyond the last that training has seen."""
    train = next((channel for channel in channels if channel.name == TRAIN), None)
    if train is None:
        return
    seen = _widest(train)
    for channel in channels:
        widest = _widest(channel)
        if widest > seen:
            looked_at = "has none" if train.complete else "seems to have none, by a sample,"
            fault = channel.fault(
                f"It has a feature of index {widest}, and train {looked_at} above {seen}: a model "
                "takes no feature that it was not trained with.",
                f"Leave features above {seen} out, or put a row with the highest index into train.",
            )
            (checked.faults if train.complete else checked.warnings).append(fault)


def _too_long(channel: ChannelSample) -> Fault:
    return channel.fault(
        "A row is longer than the part that was read, so that none was looked at.",
        "Look at the rows yourself.",
    )
