"""How often a schedule of EventBridge Scheduler fires: its longest gap, in days."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from itertools import pairwise

_RATE = re.compile(r"rate\((\d+) (minute|hour|day)s?\)")
_CRON = re.compile(r"cron\((.+)\)")
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")  # SUN is 1
_YEARS_AHEAD = 9  # a 29 February comes at the latest after eight
_WEEK, _LONGEST_MONTH, _LAST_YEAR = 7, 31, 2199

Days = Callable[[date], bool]


def period_days(expression: str, today: date) -> float | None:
    """Days from one time to the next, at most, and at least one.

    A run takes hours, and nobody counts periods more often than daily. None for what fires only
    once more, and for what is no such expression.
    """
    rate, cron = _RATE.fullmatch(expression), _CRON.fullmatch(expression)
    if rate:
        period = timedelta(**{f"{rate[2]}s": int(rate[1])})
        return max(period / timedelta(days=1), 1.0)
    try:
        return _longest_gap(_days_of(cron[1].split()), today) if cron else None
    except ValueError:
        return None


def _longest_gap(fires: Days, today: date) -> float | None:
    ahead = (today + timedelta(days=day) for day in range(366 * _YEARS_AHEAD))
    due = [day for day in ahead if fires(day)]
    return max(((b - a).days for a, b in pairwise(due)), default=None)


def _days_of(fields: Sequence[str]) -> Days:
    """The days on which a cron expression is due: of its minutes and hours each day has some."""
    if len(fields) != 6:
        raise ValueError(fields)
    _, _, day_of_month, month, day_of_week, year = fields
    months = _numbers(month, 1, 12, _MONTHS)
    years = _numbers(year, 1970, _LAST_YEAR)
    in_month = [_in_month(part) for part in day_of_month.split(",")]
    in_week = [_in_week(part) for part in day_of_week.split(",")]

    def fires(day: date) -> bool:
        return (
            day.month in months
            and day.year in years
            and any(matches(day) for matches in in_month)
            and any(matches(day) for matches in in_week)
        )

    return fires


def _in_month(part: str) -> Days:
    """`15`, `1-7`, `*/2`; `L` and `L-3` from the end; `15W`, a weekday near it, counts as it."""
    last = re.fullmatch(r"L(?:-(\d+))?W?", part)
    if last:
        before = timedelta(days=int(last[1] or 0) + 1)
        return lambda day: (day + before).day == 1
    numbers = _numbers(part.removesuffix("W"), 1, _LONGEST_MONTH)
    return lambda day: day.day in numbers


def _in_week(part: str) -> Days:
    """`MON`, `2-6`; `6L`, the last one of the month; `3#2`, the second one."""
    chosen = re.fullmatch(r"(\w+?)(?:(L)|#([1-5]))", part)
    if not chosen:
        numbers = _numbers("SAT" if part == "L" else part, 1, _WEEK, _WEEKDAYS)
        return lambda day: _weekday(day) in numbers
    numbers = _numbers(chosen[1], 1, _WEEK, _WEEKDAYS)
    if chosen[2]:
        return lambda day: _weekday(day) in numbers and _next_week(day).month != day.month
    week = int(chosen[3])
    return lambda day: _weekday(day) in numbers and (day.day - 1) // _WEEK + 1 == week


def _weekday(day: date) -> int:
    return day.isoweekday() % _WEEK + 1


def _next_week(day: date) -> date:
    return day + timedelta(weeks=1)


def _numbers(field: str, first: int, last: int, names: Sequence[str] = ()) -> frozenset[int]:
    """Those of a field of `*`, `?`, values, ranges and steps; a range may run over the end."""
    found: set[int] = set()
    for part in field.split(","):
        span, _, step = part.partition("/")
        low, _, high = span.partition("-")
        if low in ("*", "?"):
            start, end = first, last
        else:
            start = _number(low, names)
            end = _number(high, names) if high else last if step else start
        run = range(start, end + 1 if start <= end else end + last - first + 2, int(step or 1))
        found.update((number - first) % (last - first + 1) + first for number in run)
    return frozenset(found)


def _number(text: str, names: Sequence[str]) -> int:
    return names.index(text.upper()) + 1 if text.upper() in names else int(text)
