"""The cron of EventBridge Scheduler: minutes hours day-of-month month day-of-week year."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache

_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")  # SUN is 1
_WEEK, _LONGEST_MONTH, _LAST_YEAR = 7, 31, 2199
_SATURDAY = 5  # of date.weekday

Days = Callable[[date], bool]


@dataclass(frozen=True)
class Cron:
    """Due in these minutes of these hours, on days for which `fires` is true."""

    minutes: frozenset[int]
    hours: frozenset[int]
    fires: Days

    @classmethod
    @lru_cache
    def parse(cls, text: str) -> Cron:
        """Raises ValueError for what is no such expression."""
        fields = text.split()
        if len(fields) != 6:
            raise ValueError(f"cron has 6 fields, the year included, and not {len(fields)}")
        minutes, hours, *days = fields
        return cls(_numbers(minutes, 0, 59), _numbers(hours, 0, 23), _days(*days))

    def is_due(self, local: datetime) -> bool:
        """Whether it is in this minute of its time zone."""
        return local.minute in self.minutes and local.hour in self.hours and self.fires(local)


def _days(day_of_month: str, month: str, day_of_week: str, year: str) -> Days:
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
    """`15`, `1-7`, `*/2`; `L` and `L-3` from the end; `15W` and `LW`, the weekday nearest to it."""
    if part.endswith("W"):
        chosen = _in_month(part.removesuffix("W"))
        return lambda day: (
            day.weekday() < _SATURDAY
            and any(
                chosen(other) and _nearest_weekday(other) == day.day
                for other in (day + timedelta(days=away) for away in range(-2, 3))
                if other.month == day.month
            )
        )
    last = re.fullmatch(r"L(?:-(\d+))?", part)
    if last:
        before = timedelta(days=int(last[1] or 0) + 1)
        return lambda day: (day + before).day == 1
    numbers = _numbers(part, 1, _LONGEST_MONTH)
    return lambda day: day.day in numbers


def _nearest_weekday(day: date) -> int:
    """In the same month: of a Saturday the Friday, or the Monday when it is the first."""
    over = day.weekday() - _SATURDAY
    if over < 0:
        return day.day
    near = timedelta(days=-1 if over == 0 else 1)
    if (day + near).month != day.month:
        near = timedelta(days=2 if over == 0 else -2)
    return (day + near).day


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
        if not first <= start <= last or not first <= end <= last:
            raise ValueError(f"{part} is not within {first} and {last}")
        run = range(start, end + 1 if start <= end else end + last - first + 2, int(step or 1))
        found.update((number - first) % (last - first + 1) + first for number in run)
    return frozenset(found)


def _number(text: str, names: Sequence[str]) -> int:
    return names.index(text.upper()) + 1 if text.upper() in names else int(text)
