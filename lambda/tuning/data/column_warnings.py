"""Columns of CSV that teach nothing, or too much: one value, or a copy of another column."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from tuning.data.channel_sample import ChannelSample
from tuning.data.csv_sample import Cells
from tuning.data.labels import ENOUGH_ROWS
from tuning.errors import Fault

_SHOWN = 5  # columns by their numbers
_LABEL = 1


def column_warnings(train: ChannelSample) -> Iterator[Fault]:
    """Of a channel whose rows have the same number of columns, all of them numbers or missing.

    One value in a part of the rows proves nothing where rows are sorted, by date for example.
    """
    rows = train.csv_rows
    if len(rows) < ENOUGH_ROWS:
        return
    columns = dict(enumerate(zip(*map(values, rows), strict=True), start=1))
    in_all = train.all_of(len(rows))
    constant = [place for place, cells in columns.items() if len({*cells}) == 1 and place > _LABEL]
    if constant and train.complete:
        rule = f"{named(constant)} the same value in every row, from which nothing is learned."
        yield train.fault(rule, "Leave out such columns: training takes time for them.")
    copies = _copies({place: columns[place] for place in columns if place not in constant})
    of_label = [place for place, first in copies.items() if first == _LABEL]
    if of_label:
        rule = f"{named(of_label)} the label itself in {in_all}: a model needs no other."
        yield train.fault(rule, "Leave out what is not known before the label is.")
    others = [place for place in copies if place not in of_label]
    if others:
        first = copies[others[0]]
        rule = f"{named(others)} the values of another column in {in_all}, such as column {first}."
        yield train.fault(rule, "Keep one of them.")


def values(row: Cells) -> list[float | None]:
    """1 and 1.0 are one value; None is a missing one."""
    numbers = [float(cell or "nan") for cell in row]
    return [None if number != number else number for number in numbers]


def _copies(columns: Mapping[int, Sequence[float | None]]) -> dict[int, int]:
    """Columns that are like an earlier one, and which."""
    first: dict[Sequence[float | None], int] = {}
    found = {place: first.setdefault(cells, place) for place, cells in columns.items()}
    return {place: earlier for place, earlier in found.items() if earlier != place}


def named(places: Sequence[int]) -> str:
    """The columns with the verb that they need."""
    numbers = ", ".join(map(str, places[:_SHOWN]))
    more = f" and {len(places) - _SHOWN:,} more" if len(places) > _SHOWN else ""
    return f"Column {numbers} has" if len(places) == 1 else f"Columns {numbers}{more} have"
