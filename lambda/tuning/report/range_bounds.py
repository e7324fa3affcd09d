"""Bounds of a numeric range, by their position in its scale, within what the algorithm takes."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Context, Decimal
from math import inf, isfinite

from tuning.algorithms.valid_range import LARGEST_WHOLE, ValidRange
from tuning.report.search_space import NumericRange

_WORTH = 0.05  # share of the range: what moves by less stays
_NEAR = 0.01  # share of the range by which a rounded bound may lie further out
_DIGITS = range(3, 18)


@dataclass(frozen=True)
class RangeBounds:
    """A range as it was given; without valid values nothing is known beyond it.

    Beyond what the algorithm takes, or at its very end, a bound is put between that end and what
    was searched: an end may have a meaning of its own (of max_depth, 0 is no limit).
    """

    given: NumericRange
    valid: ValidRange | None

    @property
    def has_scale(self) -> bool:
        """Whether positions can be told; a range may be as wide as numbers are."""
        return isfinite(self.given.high - self.given.low)

    def position(self, value: float) -> float:
        """0 is the lower end and 1 the upper one; infinite where the scale has no place for it."""
        if self.given.scaling == "Logarithmic" and value <= 0:
            return -inf
        if self.given.scaling == "ReverseLogarithmic" and value >= 1:
            return inf
        return self.given.position(value)

    def lower(self, position: float, searched: float) -> str | None:
        """The text of a lower bound there, or None to leave it as it is."""
        if abs(position) < _WORTH:
            return None
        least = self._least
        text = self._rounded(position, ROUND_FLOOR)
        if text is None or Decimal(text) <= least:
            text = self._between(least, min(0.0, searched), 1)
        return text if text and _moves(text, self.given.low, up=position > 0) else None

    def upper(self, position: float, searched: float) -> str | None:
        """As `lower`, of an upper bound."""
        if abs(position - 1) < _WORTH:
            return None
        greatest = self._greatest
        text = self._rounded(position, ROUND_CEILING)
        if text is None or Decimal(text) >= greatest:
            text = self._between(greatest, max(1.0, searched), -1)
        return text if text and _moves(text, self.given.high, up=position > 1) else None

    @property
    def _least(self) -> Decimal:
        low = self.valid.low if self.valid else _decimal(self.given.low)
        if self.given.is_integer:
            low = max(low, -LARGEST_WHOLE)
        is_linear = self.given.scaling in ("Auto", "Linear")
        return low if is_linear else max(low, Decimal(0))

    @property
    def _greatest(self) -> Decimal:
        high = self.valid.high if self.valid else _decimal(self.given.high)
        if self.given.is_integer:
            high = min(high, LARGEST_WHOLE)
        return min(high, Decimal(1)) if self.given.scaling == "ReverseLogarithmic" else high

    def _rounded(self, position: float, rounding: str) -> str | None:
        """With as few digits as come near; None where there is no number so large."""
        value = self.given.at(position)
        if not isfinite(value):
            return None
        if self.given.is_integer:
            return str(int(_decimal(value).to_integral_value(rounding)))
        texts = [_text(_decimal(value), digits, rounding) for digits in _DIGITS]
        near = (t for t in texts if abs(self.position(float(t)) - position) <= _NEAR)
        return next(near, None)

    def _between(self, end: Decimal, searched: float, inwards: int) -> str | None:
        """Between an end of what is valid and what was searched."""
        if self.valid is None or end.is_infinite():
            return None
        if self.given.is_integer:
            return str(int(end) + inwards)
        value = self.given.at(searched)
        if not isfinite(value) or (_decimal(value) - end) * inwards <= 0:
            return None
        least, most = sorted((end, _decimal(value)))
        texts = (_text((least + most) / 2, digits, ROUND_FLOOR) for digits in _DIGITS)
        return next((text for text in texts if least < Decimal(text) < most), None)


def _moves(text: str, given: float, *, up: bool) -> bool:
    """Whether a bound is another one in this direction: rounding may have brought it back."""
    return Decimal(text) > _decimal(given) if up else Decimal(text) < _decimal(given)


def _decimal(value: float) -> Decimal:
    return Decimal(repr(value))


def _text(value: Decimal, digits: int, rounding: str) -> str:
    rounded = Context(prec=digits, rounding=rounding).create_decimal(value)
    return format(rounded.normalize(), "f")
