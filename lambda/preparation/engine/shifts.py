"""Columns whose cells lie elsewhere in a channel than in train, or in one file than in the others.

Measured by the population stability index, which is 0 for the same distribution; above 0.25 models
are commonly built anew.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from math import log

from preparation.engine.binned import BINNED, Bins
from preparation.errors import named
from preparation.row_split import TRAIN

_SHIFTED = 0.25
_ENOUGH_ROWS = 50
_MAX_FILES = 50  # of more, each is a small part, and differs by nature


def shifts(bins: Bins) -> Iterator[str]:
    """A warning for each channel and for each file that has such columns."""
    for channel, columns in _shifted(bins, "channel", against=TRAIN).items():
        yield (
            f"{named(columns)}: the values in {channel} lie elsewhere than those in train. A model "
            "learns little from train about them then."
        )
    if 1 < len(bins.sources) <= _MAX_FILES:
        for source, columns in _shifted(bins, "source").items():
            yield (
                f"{named(columns)}: the values in {bins.sources[int(source)]} lie elsewhere than "
                "those in the other files. See that they mean the same, in the same unit."
            )


def _shifted(bins: Bins, part: str, against: str | None = None) -> dict[str, list[str]]:
    """By channel or file the columns of which it holds; against all the others without a name."""
    found: dict[str, list[str]] = {}
    for name, column in bins.columns.items():
        counts = _counts(bins, part, column)
        for own, rows in counts.items():
            others = {key: other for key, other in counts.items() if key != own}
            if against is not None:
                others = {key: other for key, other in others.items() if key == against}
            if own != against and name != bins.time and _is_shifted(rows, _sum(others)):
                found.setdefault(own, []).append(name)
    return found


def _counts(bins: Bins, part: str, column: str) -> dict[str, dict[int, int]]:
    counts: dict[str, dict[int, int]] = {}
    for own, place, rows in bins.database.rows(
        f"SELECT CAST({part} AS VARCHAR), {column}, count(*) FROM {BINNED} "
        "GROUP BY ALL ORDER BY ALL"
    ):
        counts.setdefault(own, {})[place] = rows
    return counts


def _sum(parts: Mapping[str, Mapping[int, int]]) -> dict[int, int]:
    total: dict[int, int] = {}
    for counts in parts.values():
        for place, rows in counts.items():
            total[place] = total.get(place, 0) + rows
    return total


def _is_shifted(own: Mapping[int, int], other: Mapping[int, int]) -> bool:
    """Whether the index is above what is commonly too much, and above what chance makes of so few
    rows: its mean is the number of bins less one, by the rows."""
    rows, others = sum(own.values()), sum(other.values())
    if min(rows, others) < _ENOUGH_ROWS:
        return False
    places = {*own, *other}
    index = 0.0
    for place in places:
        share = (own.get(place, 0) + 0.5) / (rows + 0.5 * len(places))
        expected = (other.get(place, 0) + 0.5) / (others + 0.5 * len(places))
        index += (share - expected) * log(share / expected)
    chance = (len(places) - 1) * (1 / rows + 1 / others)
    return index > _SHIFTED + 3 * chance
