"""The numbers that a hyperparameter may be, in the notation of mathematics.

`(0, 1]` excludes 0 and includes 1.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

_TEXT = re.compile(r"(?P<left>[\[(])(?P<low>[^,]+), (?P<high>[^,]+)(?P<right>[\])])")


def number(text: str) -> Decimal | None:
    """The number that a hyperparameter's text stands for; None when it is no finite number."""
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def whole(text: str) -> Decimal | None:
    """The integer of a text, as containers read it: 1.0 and 1e3 are none."""
    try:
        return Decimal(int(text))
    except ValueError:
        return None


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
