"""What looks wrong in a table, but may be meant: each a sentence with what to do.

Two questions are asked of every column on a sample of the rows, after its cells were put into bins
by what train has: does it tell the label all by itself, and do its cells lie elsewhere in another
channel or file?
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from preparation.description import BINARY, Description
from preparation.engine.binned import Bins, make_bins
from preparation.engine.kinds import NUMBER, TEXT, Kind
from preparation.engine.labels import LearnedLabel
from preparation.engine.leaks import leaks
from preparation.engine.loading import CELLS, Table
from preparation.engine.shifts import shifts
from preparation.errors import listed, named
from preparation.row_split import TEST, TRAIN, VALIDATION

_MOSTLY_MISSING = 0.5  # of the cells
_RARE = 0.02  # of the rows
_UNSEEN = 0.05  # of the rows
_OFF = 0.05  # between the share of a channel that was asked for and the one that came out


@dataclass(frozen=True)
class Judged:
    """A table that is prepared, with the rows of each channel by class."""

    table: Table
    description: Description
    kinds: Mapping[str, Kind]
    label: LearnedLabel
    labels: Mapping[str, Mapping[int, int]]


def warnings_of(judged: Judged) -> Iterator[str]:
    """The gravest first."""
    bins = make_bins(judged.table, judged.description, judged.label)
    yield from leaks(bins)
    yield from shifts(bins)
    yield from _kinds_of_files(judged)
    yield from _labels(judged)
    yield from _shares(judged)
    yield from _missing(judged.description)
    yield from _unseen(bins)
    yield from _recoded(judged.table)


def _labels(judged: Judged) -> Iterator[str]:
    label, description = judged.label.label, judged.description
    if description.rows_without_label:
        yield (
            f"{description.rows_without_label:,} rows without a label in {label.name!r} are left "
            "out."
        )
    if judged.label.guessed:
        other = "regression" if label.classes else "multiclass"
        yield (
            f"The numbers of the label are taken for {'classes' if label.classes else 'quantities'}"
            f". Say --task {other} if they are not."
        )
    classes = dict(enumerate(label.classes or ()))
    for channel, counts in judged.labels.items():
        lacking = [name for number, name in classes.items() if number not in counts]
        if lacking:
            yield f"{channel} has no row with the label {listed(lacking)}."
    of_train = judged.labels[TRAIN]
    rare = min(of_train.values()) / sum(of_train.values())
    if label.task == BINARY and rare < _RARE:
        yield (
            f"{rare:.2%} of the rows of train are of one class. Accuracy says little then: "
            "judge by auc or by aucpr, and see that each channel has enough of them."
        )


def _shares(judged: Judged) -> Iterator[str]:
    split, rows = judged.description.split, judged.description.rows
    all_rows = sum(rows.values())
    for channel, share in ((TEST, split.test), (VALIDATION, split.validation)):
        found = rows.get(channel, 0) / all_rows
        chance = 3 * (share * (1 - share) / all_rows) ** 0.5
        if abs(found - share) > _OFF + chance:
            yield (
                f"{channel} has {found:.1%} of the rows, not {share:.1%}: rows that are equal, or "
                "of one group or time, stay together."
            )


def _missing(description: Description) -> Iterator[str]:
    rows = sum(description.rows.values())
    missing = {
        name: cells / rows
        for name, cells in description.missing_cells.items()
        if cells > _MOSTLY_MISSING * rows
    }
    if missing:
        yield f"{named([*missing])}: more than half of the cells are missing."


def _unseen(bins: Bins) -> Iterator[str]:
    for channel, shares in bins.unknown.items():
        unseen = {
            name: share
            for name, share in shares.items()
            if share - bins.unknown[TRAIN][name] > _UNSEEN
        }
        if unseen:
            yield (
                f"{named([*unseen])}: up to {max(unseen.values()):.1%} of the rows of {channel} "
                "have values that train does not know. They count as one rare value."
            )


def _kinds_of_files(judged: Judged) -> Iterator[str]:
    """Text that is numbers in one file, and not in another."""
    table, columns = judged.table, judged.description.columns
    texts = [column.name for column in columns if judged.kinds[column.name].kind == TEXT]
    if len(table.sources) == 1 or not texts:
        return
    numbers = Kind(NUMBER, ".")
    asked = ", ".join(
        f"count(*) FILTER ({numbers.of(table.cell(name))}) / count({table.cell(name)})"
        for name in texts
    )
    rows = table.database.rows(f"SELECT source, {asked} FROM {CELLS} GROUP BY source ORDER BY 1")
    for place, name in enumerate(texts, start=1):
        shares = {row[0]: row[place] for row in rows if row[place] is not None}
        most, least = max(shares, key=shares.__getitem__), min(shares, key=shares.__getitem__)
        if shares[most] > 0.9 > 0.1 > shares[least]:
            yield (
                f"Column {name!r} has numbers in {table.sources[most]} and text in "
                f"{table.sources[least]}. See that both mean the same."
            )


def _recoded(table: Table) -> Iterator[str]:
    if table.recoded:
        yield (
            f"{table.recoded[0]} is not UTF-8 and was read as Latin-1. Clients that ask for "
            "predictions have to read such text in the same way."
        )
