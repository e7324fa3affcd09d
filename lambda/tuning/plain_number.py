"""Numbers without an exponent, which few people read: -0.00005 and not -5e-05."""

from __future__ import annotations

from decimal import Decimal

_LEAST = 1e-9  # of what is smaller the zeros could not be counted


def plain_number(value: float, digits: str) -> str:
    """A number with the digits that a format asks for, such as `.4g`; the least keep theirs."""
    text = format(value, digits)
    return format(Decimal(text), "f") if abs(value) > _LEAST else text
