"""The latest moment at which a schedule expression was due, for who looks now and then."""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from tuning.schedules.cron import Cron

_FORM = re.compile(r"(rate|cron|at)\((.+)\)")
_RATE = re.compile(r"([1-9]\d*) (minute|hour|day)s?")
_EPOCH, _MINUTE = datetime(1970, 1, 1, tzinfo=UTC), timedelta(minutes=1)


def latest_due(
    expression: str, time_zone: str, since: datetime, until: datetime, name: str
) -> datetime | None:
    """The last one after `since` and not after `until`, in UTC; None when there is none.

    As EventBridge Scheduler has it, an hour that the clocks skip has no due time, and one that they
    repeat has its due times once. Raises ValueError for what is no expression.
    """
    kind, text = parse_text(expression)
    zone = ZoneInfo(time_zone)
    if kind == "rate":
        period, start = parse_rate(text), rate_start(name, expression)
        found = start + (until - start) // period * period
    elif kind == "at":
        found = datetime.strptime(text, "%Y-%m-%dT%H:%M:%S").replace(tzinfo=zone).astimezone(UTC)
        if found.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S") != text:
            return None
    else:
        return _latest_minute(Cron.parse(text), zone, since, until)
    return found if since < found <= until else None


def check_expression(expression: str) -> None:
    """Raises ValueError for what is never due, since nobody can read it."""
    latest_due(expression, "UTC", _EPOCH, _EPOCH + _MINUTE, "")


def parse_text(expression: str) -> tuple[str, str]:
    """rate, cron or at, and what stands between the brackets."""
    form = _FORM.fullmatch(expression)
    if not form:
        raise ValueError(f"{expression} is none of rate(...), cron(...) and at(...)")
    return form[1], form[2]


def parse_rate(text: str) -> timedelta:
    """The period of `7 days`."""
    rate = _RATE.fullmatch(text)
    if not rate:
        raise ValueError(f"{text} is no whole number of minutes, hours or days")
    return timedelta(**{f"{rate[2]}s": int(rate[1])})


def rate_start(name: str, expression: str) -> datetime:
    """From where a rate counts: a minute that the name chooses, so that not all are due at once.

    Of what is no rate, the beginning of 1970.
    """
    kind, text = parse_text(expression)
    minutes = parse_rate(text) // _MINUTE if kind == "rate" else 1
    return _EPOCH + int(hashlib.sha256(name.encode()).hexdigest(), 16) % minutes * _MINUTE


def _latest_minute(cron: Cron, zone: ZoneInfo, since: datetime, until: datetime) -> datetime | None:
    """Looks at each minute, the last one first."""
    minute = until.astimezone(UTC).replace(second=0, microsecond=0)
    while minute > since:
        local = minute.astimezone(zone)
        if not local.fold and cron.is_due(local):
            return minute
        minute -= _MINUTE
    return None
