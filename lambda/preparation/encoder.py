"""Raw rows become the numbers that a model was trained on, as a description of its columns says.

This file needs Python 3.9 and nothing else. It is written beside `retune.preparation.json`, so that
any client of an endpoint can carry both:

    python encoder.py retune.preparation.json < raw.csv > features.csv

A cell is a text, a number, a truth value or None. Around a text, blanks do not count. What is
missing stays missing in a number, a truth value, a date and a rank, and is 0 in every feature of a
column that is encoded one-hot, as a value is that the column did not have in training.
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from numbers import Number
from typing import Any, Optional

VERSION = 1  # of the description
LARGEST = 3.4028e38  # training counts in 32 bits
BLANKS = " \t\r\n"
SIGNS = "$€£%"  # a number may have them: $1,234.50 or 12 %
DELIMITERS = ",;\t|"
ORDERS = {"YMD": (1, 2, 3), "DMY": (3, 2, 1), "MDY": (3, 1, 2)}  # groups of year, month, day
HOUR, HALF = 4, 5  # groups of the hour, and of a or p for its half of the day
MONTHS = "janfebmaraprmayjunjulaugsepoctnovdec"
PARTS = ("year", "month", "day", "weekday", "hour")  # of a date; Monday is 1
YOUNGEST = 68  # a year of two digits is 2000 to 2068 or 1969 to 1999

Feature = Optional[float]
Encode = Callable[[str], list[Feature]]

_YEAR = "([0-9]{4}|[0-9]{2})"
_MONTH = "([0-9]{1,2}|(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[A-Za-z]{0,6})"
_DAY = "([0-9]{1,2})"
_BETWEEN = "(?:[-/. ]|, )"
_TIME = (
    "(?:[T ]([01]?[0-9]|2[0-3]):[0-5][0-9](?::[0-5][0-9](?:[.][0-9]+)?)?"
    " ?(?:([AaPp])[Mm]|Z|UTC|[+-][0-9]{2}(?::?[0-9]{2})?)?)?"
)


def number_pattern(decimal: str) -> str:
    """What a number looks like, with a decimal point or comma; of 1,234 the comma groups digits.

    Digits after a leading 0 are no number: 00501 is a code.
    """
    group = "," if decimal == "." else "[.]"
    whole = f"(?:0|[1-9][0-9]*|[1-9][0-9]{{0,2}}(?:{group}[0-9]{{3}})+)"
    point = f"[{decimal}]"
    digits = f"(?:{whole}(?:{point}[0-9]*)?|{point}[0-9]+)"
    return f"[+-]?[$€£]?{digits}(?:[eE][+-]?[0-9]{{1,3}})? ?[$€£%]?"


def date_pattern(order: str) -> str:
    """What a date looks like, with a time or without: the groups are its three parts, the hour, and
    its half of the day.

    A zone may follow the time and does not count: the hour is that of the clock.
    """
    parts = {
        "YMD": ("([0-9]{4})", _MONTH, _DAY),
        "DMY": (_DAY, _MONTH, _YEAR),
        "MDY": (_MONTH, _DAY, _YEAR),
    }
    return _BETWEEN.join(parts[order]) + _TIME


class Encoder:
    """Encodes rows of a table whose description is given as it was read from JSON.

    `features` are the names of what `encode` returns. `unseen` counts by column what was no value
    of it in training, or was there in one row only. Raises ValueError for a description of another
    version.
    """

    def __init__(self, description: Mapping[str, Any]) -> None:
        if description.get("version") != VERSION:
            raise ValueError(
                f"The description has version {description.get('version')!r}, and this encoder "
                f"reads version {VERSION}: use the encoder.py that was written beside it."
            )
        self.features: list[str] = list(description["features"])
        self.missing = frozenset(description["missing"])
        self.unseen: Counter[str] = Counter()
        self._columns = [
            (column["name"], _ENCODINGS[column["encoding"]](column, self.unseen), _missing(column))
            for column in description["columns"]
        ]

    @property
    def columns(self) -> list[str]:
        """The columns that a row must have; what else it has does not count."""
        return [name for name, _, _ in self._columns]

    def encode(self, row: Mapping[str, object]) -> list[Feature]:
        """The features of a row, None for a missing one.

        Raises ValueError, which names the column and never shows the cell, for a column that is not
        there and for a cell of another kind.
        """
        encoded: list[Feature] = []
        for name, encode, missing in self._columns:
            if name not in row:
                raise ValueError(f"The row has no column {name!r}.")
            try:
                text = cell_text(row[name], self.missing)
                encoded += missing if text is None else encode(text)
            except ValueError as fault:
                raise ValueError(f"Column {name!r} {fault}.") from None
        return encoded


def cell_text(value: object, missing: Collection[str]) -> str | None:
    """The text of a cell as it would stand in CSV; None for a missing one."""
    if value is None or value != value:  # nan
        return None
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, (str, Number, date)):
        raise ValueError("has a cell that is no text, number, truth value or date")
    text = str(value).strip(BLANKS)
    return None if text.lower() in missing else text


def is_number(text: str, decimal: str) -> bool:
    return _NUMBERS[decimal].fullmatch(text) is not None


def number_of(text: str, decimal: str) -> float | None:
    """The number that a text is; None for another text. Raises ValueError for one too large."""
    if not is_number(text, decimal):
        return None
    group = "," if decimal == "." else "."
    value = float(text.translate(str.maketrans(decimal, ".", SIGNS + group + " ")))
    if abs(value) > LARGEST:
        raise ValueError("has a number that is larger than 32 bits hold, in which training counts")
    return value


def date_parts(text: str, order: str) -> dict[str, Feature] | None:
    """Each of PARTS, the hour None without a time; None for what is no date of the calendar."""
    found = _DATES[order].fullmatch(text)
    if found is None:
        return None
    year, month, day = (found[group] for group in ORDERS[order])
    if len(year) == 2:
        year = ("20" if int(year) <= YOUNGEST else "19") + year
    if not month.isdecimal():
        month = str(MONTHS.index(month[:3].lower()) // 3 + 1)
    try:
        day_of_calendar = date(int(year), int(month), int(day))
    except ValueError:
        return None
    weekday, hour = day_of_calendar.isoweekday(), _hour(found[HOUR], found[HALF])
    return dict(zip(PARTS, (float(year), float(month), float(day), float(weekday), hour)))


def _hour(hour: str | None, half: str | None) -> Feature:
    """Of 24; 12 AM is midnight."""
    if hour is None or half is None:
        return None if hour is None else float(hour)
    return int(hour) % 12 + (12.0 if half in "Pp" else 0.0)


def _missing(column: Mapping[str, Any]) -> list[Feature]:
    if column["encoding"] == "one-hot":
        return [0.0] * len(column["values"])
    return [None] * len(column.get("parts", [None]))


def _number(column: Mapping[str, Any], unseen: Counter[str]) -> Encode:
    decimal = column["decimal"]

    def encode(text: str) -> list[Feature]:
        value = number_of(text, decimal)
        if value is None:
            raise ValueError("has a cell that is no number")
        return [value]

    return encode


def _boolean(column: Mapping[str, Any], unseen: Counter[str]) -> Encode:
    words = {column["true"]: 1.0, column["false"]: 0.0}

    def encode(text: str) -> list[Feature]:
        if text.lower() not in words:
            raise ValueError(f"has a cell that is neither {' nor '.join(words)}")
        return [words[text.lower()]]

    return encode


def _one_hot(column: Mapping[str, Any], unseen: Counter[str]) -> Encode:
    values = column["values"]

    def encode(text: str) -> list[Feature]:
        if text not in values:
            unseen[column["name"]] += 1
        return [float(text == value) for value in values]

    return encode


def _ranked(column: Mapping[str, Any], unseen: Counter[str]) -> Encode:
    ranks = {value: float(rank) for rank, value in enumerate(column["values"], start=1)}

    def encode(text: str) -> list[Feature]:
        if text not in ranks:
            unseen[column["name"]] += 1
        return [ranks.get(text, len(ranks) + 1.0)]

    return encode


def _date(column: Mapping[str, Any], unseen: Counter[str]) -> Encode:
    def encode(text: str) -> list[Feature]:
        parts = date_parts(text, column["order"])
        if parts is None:
            raise ValueError(f"has a cell that is no date in the order {column['order']}")
        return [parts[name] for name in column["parts"]]

    return encode


_ENCODINGS = {
    "number": _number,
    "boolean": _boolean,
    "one-hot": _one_hot,
    "ranked": _ranked,
    "date": _date,
}
_NUMBERS = {decimal: re.compile(number_pattern(decimal)) for decimal in ".,"}
_DATES = {order: re.compile(date_pattern(order)) for order in ORDERS}


def encode_csv(encoder: Encoder, lines: Iterable[str]) -> Iterator[str]:
    """Rows of CSV as an endpoint takes them, of raw CSV with a header; its separator is found out.

    Raises ValueError, which names the row, the column and no cell.
    """
    texts = iter(lines)
    header = next(texts, "").lstrip("\ufeff")
    delimiter, names = _header(header, encoder.columns)
    rows = filter(None, csv.reader(texts, delimiter=delimiter))  # without empty lines
    for number, cells in enumerate(rows, start=1):
        if len(cells) != len(names):
            raise ValueError(f"Row {number} has {len(cells)} cells, and the header {len(names)}.")
        try:
            yield csv_row(encoder.encode(dict(zip(names, cells))))
        except ValueError as fault:
            raise ValueError(f"Row {number}: {fault}") from None


def csv_row(features: Sequence[Feature]) -> str:
    """A row as an endpoint takes it, without the end of its line.

    A missing value is an empty cell, and nan in the last one, so that nobody takes it for the end.
    """
    row = ",".join(map(_written, features))
    return f"{row}nan" if features[-1] is None else row


def _written(value: Feature) -> str:
    if value is None:
        return ""
    return str(int(value)) if value.is_integer() else repr(value)


def _header(line: str, columns: Sequence[str]) -> tuple[str, list[str]]:
    """The delimiter that finds most of the columns, and all names."""
    read = {sign: next(csv.reader([line], delimiter=sign), []) for sign in DELIMITERS}
    found = {sign: [name.strip(BLANKS) for name in names] for sign, names in read.items()}
    best = max(found, key=lambda sign: sum(name in found[sign] for name in columns))
    return best, found[best]


def main() -> None:
    """Encodes stdin to stdout; what is wrong, and how much was unseen, goes to stderr."""
    if len(sys.argv) != 2:
        sys.exit("Usage: python encoder.py retune.preparation.json < raw.csv > features.csv")
    try:
        with open(sys.argv[1], encoding="utf-8") as file:
            encoder = Encoder(json.load(file))
        sys.stdin.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        for row in encode_csv(encoder, sys.stdin):
            print(row)
    except (OSError, ValueError, csv.Error) as fault:
        sys.exit(f"{fault}")
    for name, count in encoder.unseen.items():
        print(f"Column {name!r} has an unseen value in {count} rows.", file=sys.stderr)


if __name__ == "__main__":
    main()
