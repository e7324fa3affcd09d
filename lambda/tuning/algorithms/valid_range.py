"""The numbers that a hyperparameter may be, in the notation of mathematics.

`(0, 1]` excludes 0 and includes 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite

_TEXT = re.compile(r"(?P<left>[\[(])(?P<low>[^,]+), (?P<high>[^,]+)(?P<right>[\])])")
LARGEST_WHOLE = Decimal(2**63 - 1)


def number(text: str) -> Decimal | None:
    """The number that a hyperparameter's text stands for.

    None for what is none, and for what is infinite or nothing when it is read as a double: 1e400,
    1e-400.
    """
    if not _is_plain(text):
        return None
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    if not value.is_finite():
        return None
    as_double = float(text)
    return value if isfinite(as_double) and (as_double or not value) else None


def whole(text: str) -> Decimal | None:
    """The integer of a text, as containers read it: 1.0 and 1e3 are none, nor what is too long."""
    if not _is_plain(text):
        return None
    try:
        value = Decimal(int(text))
    except ValueError:
        return None
    return value if is_whole(value) else None


def _is_plain(text: str) -> bool:
    """Python alone takes 1_000 and digits of other alphabets for numbers; SageMaker does not."""
    return text.isascii() and "_" not in text


def is_whole(value: Decimal) -> bool:
    """Whether it is an integer, of no more than 64 bits: no program here reads longer ones."""
    return abs(value) <= LARGEST_WHOLE and value == value.to_integral_value()


@dataclass(frozen=True)
class ValidRange:
    """All numbers from `low` to `high`, which may be infinite."""

    low: Decimal
    high: Decimal
    excludes_low: bool
    excludes_high: bool

    @classmethod
    def parse(cls, text: str) -> ValidRange:
        match = _TEXT.fullmatch(text)
        if match is None:
            raise ValueError(f"{text!r} is no range such as [0, 1), (0, inf) or [1, 5].")
        return cls(
            low=Decimal(match["low"]),
            high=Decimal(match["high"]),
            excludes_low=match["left"] == "(",
            excludes_high=match["right"] == ")",
        )

    def __contains__(self, value: Decimal) -> bool:
        above = value > self.low if self.excludes_low else value >= self.low
        below = value < self.high if self.excludes_high else value <= self.high
        return above and below

    def __str__(self) -> str:
        """In words: "at least 1", "above 0 and at most 1"."""
        low = f"above {self.low}" if self.excludes_low else f"at least {self.low}"
        if self.high.is_infinite():
            return low
        return f"{low} and {'below' if self.excludes_high else 'at most'} {self.high}"
