"""When a schedule expression is due: at(...), rate(...) and cron(...)."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from local_sagemaker.services.scheduler.cron import CronError, next_cron_time

NextTime = Callable[[datetime], datetime | None]
_FORM = re.compile(r"(at|rate|cron)\((.+)\)")
_RATE = re.compile(r"([1-9]\d*) (minute|hour|day)s?")


class ExpressionError(Exception):
    """The expression is not one of Scheduler's; the text says what is wrong."""


def next_time(expression: str, timezone: str, start: datetime) -> NextTime:
    """A function from a moment to the first due time not before it; None when there is no more.

    `start` is the schedule's StartDate, or when it was made: a rate counts from there, and is
    due there for the first time. All moments are aware of their time zone.
    """
    zone = _zone(timezone)
    form = _FORM.fullmatch(expression)
    if form is None:
        raise _invalid(expression, "it is none of at(), rate() and cron()")
    kind, text = form.groups()
    if kind == "at":
        return _at(expression, text, zone)
    if kind == "rate":
        return _rate(expression, text, start)
    return _cron(expression, text, zone)


def _at(expression: str, text: str, zone: ZoneInfo) -> NextTime:
    try:
        moment = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=zone)
    except ValueError as fault:
        raise _invalid(expression, "write at(yyyy-mm-ddThh:mm:ss)") from fault
    return lambda now: moment if moment >= now else None


def _rate(expression: str, text: str, start: datetime) -> NextTime:
    rate = _RATE.fullmatch(text)
    if rate is None:
        raise _invalid(expression, "write rate(5 minutes), with minutes, hours or days")
    period = timedelta(**{f"{rate.group(2)}s": int(rate.group(1))})

    def due(now: datetime) -> datetime:
        return start + max(-((start - now) // period), 0) * period

    return due


def _cron(expression: str, text: str, zone: ZoneInfo) -> NextTime:
    def due(now: datetime) -> datetime | None:
        return next_cron_time(text, now.astimezone(zone))

    try:
        due(datetime.now(zone))
    except CronError as fault:
        raise _invalid(expression, str(fault)) from fault
    return due


def _zone(timezone: str) -> ZoneInfo:
    try:
        return ZoneInfo(timezone)
    except (ZoneInfoNotFoundError, ValueError) as fault:
        message = f"Provided timezone {timezone} is not valid, for example Europe/Berlin."
        raise ExpressionError(message) from fault


def _invalid(expression: str, reason: str) -> ExpressionError:
    return ExpressionError(f"Invalid Schedule Expression {expression}: {reason}.")
