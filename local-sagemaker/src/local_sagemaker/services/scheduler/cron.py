"""AWS's six-field cron: minutes hours day-of-month month day-of-week year."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from croniter import CroniterBadDateError, croniter

_YEARS = range(1970, 2200)
_DAY_NUMBER = re.compile(r"\d+(?!\d)")


class CronError(Exception):
    """The fields cannot be understood."""


def next_cron_time(fields: str, now: datetime) -> datetime | None:
    """The first due time not before `now`, in its time zone; None when the years are over."""
    split = fields.split()
    if len(split) != 6:
        raise CronError(f"cron has 6 fields (with the year), not {len(split)}")
    minutes, hours, day_of_month, month, day_of_week, year = split
    _check_days(day_of_month, day_of_week)
    years = _years(year)
    rule = " ".join([minutes, hours, _any(day_of_month), month, _from_sunday_1(day_of_week)])
    try:
        times = croniter(rule, now - timedelta(seconds=1))
        return _first_in(years, times)
    except CroniterBadDateError:
        return None
    except (ValueError, KeyError) as fault:
        raise CronError(str(fault)) from fault


def _first_in(years: set[int], times: croniter) -> datetime | None:
    due: datetime = times.get_next(datetime)
    while due.year not in years:
        later = [year for year in years if year > due.year]
        if not later:
            return None
        times.set_current(datetime(min(later), 1, 1, tzinfo=due.tzinfo) - timedelta(seconds=1))
        due = times.get_next(datetime)
    return due


def _check_days(day_of_month: str, day_of_week: str) -> None:
    if (day_of_month == "?") == (day_of_week == "?"):
        raise CronError("exactly one of day-of-month and day-of-week must be ?")
    if "W" in day_of_month:
        raise CronError("the nearest weekday (W) is not supported by local AWS")


def _any(field: str) -> str:
    return "*" if field == "?" else field


def _from_sunday_1(day_of_week: str) -> str:
    """AWS counts days from SUN = 1, cron from SUN = 0; the part after # or / is no day."""
    parts = []
    for part in _any(day_of_week).split(","):
        days, mark, number = re.fullmatch(r"([^#/]*)([#/]?)(.*)", part).groups()  # type: ignore[union-attr]
        shifted = _DAY_NUMBER.sub(lambda day: str(int(day.group()) - 1), days)
        if shifted.endswith("L") and shifted != "L":
            shifted = f"L{shifted[:-1]}"
        parts.append(f"{shifted}{mark}{number}")
    return ",".join(parts)


def _years(field: str) -> set[int]:
    years: set[int] = set()
    for part in field.split(","):
        span = re.fullmatch(r"(\*|\d{4}(?:-\d{4})?)(?:/(\d+))?", part)
        if span is None:
            raise CronError(f"the year field is not valid: {field}")
        years.update(_span(span.group(1), span.group(2)))
    return years


def _span(text: str, step: str | None) -> range:
    if text == "*":
        return range(_YEARS.start, _YEARS.stop, int(step or 1))
    first, _, last = text.partition("-")
    end = int(last) if last else (_YEARS.stop - 1 if step else int(first))
    return range(int(first), end + 1, int(step or 1))
