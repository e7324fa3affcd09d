"""Numbers and durations with as many digits as a reader needs."""

from __future__ import annotations

from decimal import Decimal
from math import isfinite

from tuning.plain_number import plain_number


def number(value: float, digits: int = 4) -> str:
    """Whole numbers in full, others with some significant digits: 12345, 0.01235, 0.00000012."""
    if not isfinite(value):
        return str(value)
    return str(int(value)) if value == int(value) else plain_number(value, f".{digits}g")


def exact(value: float) -> str:
    """All digits that tell it from any other number, for a field of a request."""
    return format(Decimal(repr(value)).normalize(), "f")


def metric(value: float | None) -> str:
    """A metric with five digits, as many as training jobs print at most; a dash for none."""
    if value is None:
        return "–"  # noqa: RUF001
    return f"{value:.0f}" if abs(value) >= 10_000 else plain_number(value, "#.5g")


def hyperparameter(text: str) -> str:
    """A tuned value; text that is no number stays as it is."""
    try:
        return number(float(text))
    except (ValueError, OverflowError):
        return text


def duration(seconds: float | None) -> str:
    """The two largest units: 45 s, 12 min 5 s, 3 h 20 min."""
    if seconds is None:
        return "–"  # noqa: RUF001
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    if hours:
        return f"{hours} h {minutes} min"
    if minutes:
        return f"{minutes} min {rest} s" if rest else f"{minutes} min"
    return f"{rest} s"
