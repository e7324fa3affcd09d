"""What people's programs write where a number should stand, and what to do about each."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from tuning.algorithms.valid_range import number

_UNITS = "$\u20ac\u00a3%"
_INFINITE = ("inf", "infinity")
_DATE = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")


def text_mistake(text: str) -> tuple[str, str]:
    """Half a sentence and a fix, for a cell in lower case that is no number."""
    return next((rule, fix) for is_so, rule, fix in _MISTAKES if is_so(text))


def _is_number(text: str) -> bool:
    return number(text) is not None


def _are_numbers(texts: Sequence[str]) -> bool:
    return len(texts) > 1 and all(map(_is_number, texts))


_MISTAKES: tuple[tuple[Callable[[str], bool], str, str], ...] = (
    (
        lambda text: text[:1] in "\"'" and _is_number(text.strip("\"'")),
        "is a number in quotes, which the algorithm does not read",
        "Write numbers without quotes; in pandas: to_csv(..., quoting=csv.QUOTE_NONE).",
    ),
    (
        lambda text: _are_numbers(text.split()),
        "holds several numbers, with blanks between them",
        'Separate columns by commas; in pandas: to_csv(..., sep=",").',
    ),
    (
        lambda text: _is_number(text.replace(",", ".", 1)) or _are_numbers(text.split(";")),
        "is a number with a decimal comma",
        "Write points in numbers and commas between columns; in R: write.csv, not write.csv2.",
    ),
    (
        lambda text: _is_number(text.strip(_UNITS)),
        "is a number with a unit",
        "Write the number alone.",
    ),
    (
        lambda text: text.strip().lstrip("+-") in _INFINITE,
        "is infinite, which training refuses",
        "Write a missing value as an empty cell, or a large number.",
    ),
    (
        lambda text: _DATE.match(text) is not None,
        "is a date",
        "Write what matters of it as numbers: the year, the day of the week, days since then.",
    ),
    (
        lambda text: True,
        "is no number",
        "Encode text as numbers; in pandas: get_dummies(frame, dtype=int).",
    ),
)
