"""Faults in the columns of Parquet: the label first, then numbers, alike in all objects.

XGBoost's container reads columns by their place: another order in another channel trains without a
word, and predicts nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, islice

from tuning.data.channel_sample import ChannelSample
from tuning.data.checked import Checked
from tuning.data.label_rules import LabelRule
from tuning.data.labels import WITH_LABELS, label_faults
from tuning.data.parquet_columns import ParquetColumn, ends_a_parquet_file, read_columns
from tuning.data.parquet_label import read_label_range
from tuning.data.piece import Piece
from tuning.errors import Fault

_LABELS = {"label", "target", "y", "class"}  # names of a label, in lower case
_INDEX = "__index_level_0__"  # of pandas
_ALIKE = "Write all objects with the same columns in the same order, the label first."


def check_parquet(channels: Sequence[ChannelSample], label_rule: LabelRule | None) -> Checked:
    """Values are not read, but the range of the labels is known where the file tells it."""
    checked = Checked()
    known: list[tuple[Piece, tuple[ParquetColumn, ...]]] = []
    for channel in channels:
        for piece in channel.pieces:
            columns = read_columns(piece.content)
            if columns:
                faults = [*_type_faults(piece, columns)]
                checked.faults.extend(faults or _label_faults(piece, label_rule))
                known.append((piece, columns))
            elif not ends_a_parquet_file(piece.content):
                rule = "It does not end as Parquet does: it is something else, or cut off."
                checked.faults.append(piece.fault(rule, "Upload it again."))
            else:
                rule = f"Its columns are not in its last {len(piece.content):,} bytes."
                fix = "Look at their order and types yourself."
                checked.warnings.append(piece.fault(rule, fix))
    for piece, columns in known[1:]:
        checked.faults.extend(_order_faults(piece, columns, known[0]))
    if known:
        checked.warnings.extend(_name_warnings(*known[0]))
    if channels:
        rule = "Of Parquet the columns and the range of the labels are looked at, and no values."
        checked.warnings.append(channels[0].fault(rule, "Look at the values yourself."))
    return checked


def _type_faults(piece: Piece, columns: Sequence[ParquetColumn]) -> Iterator[Fault]:
    for position, column in enumerate(columns, start=1):
        if column.holds != "numbers":
            yield piece.fault(
                f"Column {position} holds {column.holds}; the algorithm reads numbers.",
                "Encode it as numbers, or leave it out.",
            )
            return


def _label_faults(piece: Piece, label_rule: LabelRule | None) -> Iterator[Fault]:
    labels = read_label_range(piece.content)
    if labels is None:
        return
    if labels.missing:
        yield piece.fault(
            f"Column 1, the label, is missing in {labels.missing:,} rows.", WITH_LABELS
        )
        return
    bounds = (labels.low, labels.high)
    faults = (label_faults(piece, "Column 1", repr(bound), label_rule) for bound in bounds)
    yield from islice(chain.from_iterable(faults), 1)


def _order_faults(
    piece: Piece,
    columns: Sequence[ParquetColumn],
    first: tuple[Piece, Sequence[ParquetColumn]],
) -> Iterator[Fault]:
    names, wanted = ([column.name for column in each] for each in (columns, first[1]))
    if len(names) != len(wanted):
        rule = f"It has {len(names)} columns, {first[0].uri} has {len(wanted)}."
        yield piece.fault(rule, _ALIKE)
    elif names != wanted:
        place = next(
            n for n, pair in enumerate(zip(names, wanted, strict=True), 1) if len({*pair}) > 1
        )
        how = "in another order than" if sorted(names) == sorted(wanted) else "other than"
        rule = f"Its columns are {how} those of {first[0].uri}, from column {place} on."
        yield piece.fault(rule, _ALIKE)


def _name_warnings(piece: Piece, columns: Sequence[ParquetColumn]) -> Iterator[Fault]:
    names = [column.name.lower() for column in columns]
    called = [place for place, name in enumerate(names, start=1) if name in _LABELS]
    if called and 1 not in called:
        rule = f"The first column is the label, and column {called[0]} is called one."
        yield piece.fault(rule, "Put the label first.")
    if _INDEX in names:
        rule = f"Column {names.index(_INDEX) + 1} is the index of pandas, which becomes a feature."
        yield piece.fault(rule, "Write it without: to_parquet(..., index=False).")
