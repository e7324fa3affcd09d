"""How often a schedule of EventBridge Scheduler fires: its longest gap, in days."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

from tuning.schedules.cron import Cron, Days
from tuning.schedules.expression import parse_rate, parse_text

_YEARS_AHEAD = 9  # a 29 February comes at the latest after eight


def period_days(expression: str, today: date) -> float | None:
    """Days from one time to the next, at most, and at least one.

    A run takes hours, and nobody counts periods more often than daily. None for what fires only
    once more, and for what is no such expression.
    """
    try:
        kind, text = parse_text(expression)
        if kind == "rate":
            return max(parse_rate(text) / timedelta(days=1), 1.0)
        return _longest_gap(Cron.parse(text).fires, today) if kind == "cron" else None
    except ValueError:
        return None


def _longest_gap(fires: Days, today: date) -> float | None:
    ahead = (today + timedelta(days=day) for day in range(366 * _YEARS_AHEAD))
    due = [day for day in ahead if fires(day)]
    return max(((b - a).days for a, b in pairwise(due)), default=None)
