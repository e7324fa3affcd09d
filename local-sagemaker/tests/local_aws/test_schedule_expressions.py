"""When schedules are due."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from local_sagemaker.services.scheduler.expression import ExpressionError, next_time

UTC = ZoneInfo("UTC")
BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 11, 24, 10, 30, tzinfo=UTC)  # a Tuesday


@pytest.mark.parametrize(
    ("expression", "timezone", "due"),
    [
        ("at(2026-11-24T12:00:00)", "UTC", datetime(2026, 11, 24, 12, tzinfo=UTC)),
        ("at(2026-11-24T12:00:00)", "Europe/Berlin", datetime(2026, 11, 24, 11, tzinfo=UTC)),
        ("at(2026-11-24T10:00:00)", "UTC", None),
        ("rate(5 minutes)", "UTC", START),
        ("cron(0 8 * * ? *)", "UTC", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("cron(0 8 * * ? *)", "Europe/Berlin", datetime(2026, 11, 25, 7, tzinfo=UTC)),
        ("cron(30 10 * * ? *)", "UTC", START),
        ("cron(0 8 ? * 2 *)", "UTC", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("cron(0 8 ? * MON-FRI *)", "UTC", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("cron(0 8 ? * 2-6 *)", "UTC", datetime(2026, 11, 25, 8, tzinfo=UTC)),
        ("cron(0 8 ? * 2#1 *)", "UTC", datetime(2026, 12, 7, 8, tzinfo=UTC)),
        ("cron(0 8 ? * 6L *)", "UTC", datetime(2026, 11, 27, 8, tzinfo=UTC)),
        ("cron(0 8 L * ? *)", "UTC", datetime(2026, 11, 30, 8, tzinfo=UTC)),
        ("cron(0 8 1 1 ? 2030-2031)", "UTC", datetime(2030, 1, 1, 8, tzinfo=UTC)),
        ("cron(0/15 * * * ? *)", "UTC", START),
        ("cron(0 8 1 1 ? 2020)", "UTC", None),
    ],
)
def test_expression_is_due_at(expression: str, timezone: str, due: datetime | None) -> None:
    assert next_time(expression, timezone, START)(START) == due


def test_rate_counts_from_its_start() -> None:
    due = next_time("rate(7 days)", "UTC", START)
    assert due(START + timedelta(seconds=1)) == START + timedelta(days=7)
    assert due(START + timedelta(days=7)) == START + timedelta(days=7)
    assert due(START + timedelta(days=8)) == START + timedelta(days=14)


def test_cron_follows_daylight_saving_time() -> None:
    due = next_time("cron(0 8 * * ? *)", "Europe/Berlin", START)
    summer = due(datetime(2026, 7, 1, 0, 0, tzinfo=BERLIN))
    assert summer is not None
    assert summer.astimezone(UTC).hour == 6


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("every day", "none of at"),
        ("rate(0 minutes)", "write rate"),
        ("rate(5 seconds)", "write rate"),
        ("at(tomorrow)", "write at"),
        ("cron(0 8 * * *)", "6 fields"),
        ("cron(0 8 * * * *)", "must be"),
        ("cron(0 8 15W * ? *)", "not supported by local AWS"),
        ("cron(0 99 * * ? *)", "cron"),
        ("cron(0 8 * * ? soon)", "year"),
    ],
)
def test_invalid_expression_is_refused_with_a_reason(expression: str, message: str) -> None:
    with pytest.raises(ExpressionError, match=message):
        next_time(expression, "UTC", START)


def test_unknown_time_zone_is_refused() -> None:
    with pytest.raises(ExpressionError, match="Mars/Base"):
        next_time("rate(5 minutes)", "Mars/Base", START)
