"""When a schedule was due for the last time, as EventBridge Scheduler has it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tuning.schedules.expression import latest_due

BERLIN = "Europe/Berlin"  # UTC+2 until the last Sunday of October, UTC+1 until that of March


def latest(expression: str, since: str, until: str, zone: str = "UTC", name: str = "bank") -> str:
    """In UTC; empty when there is none."""
    start, end = (datetime.fromisoformat(moment).replace(tzinfo=UTC) for moment in (since, until))
    due = latest_due(expression, zone, start, end, name)
    return f"{due:%Y-%m-%dT%H:%M}" if due else ""


def test_minute_is_due_once_in_windows_that_follow_each_other() -> None:
    six = "cron(0 6 * * ? *)"
    assert latest(six, "2026-11-30T05:55", "2026-11-30T05:59:59") == ""
    assert latest(six, "2026-11-30T05:59:59", "2026-11-30T06:00") == "2026-11-30T06:00"
    assert latest(six, "2026-11-30T06:00", "2026-11-30T06:05") == ""


@pytest.mark.parametrize("expression", ["cron(* * * * ? *)", "rate(1 minute)"])
def test_missed_hour_is_due_once(expression: str) -> None:
    assert latest(expression, "2026-11-30T05:00", "2026-11-30T06:00:30") == "2026-11-30T06:00"


def test_time_is_that_of_the_time_zone() -> None:
    six = "cron(0 6 ? * MON *)"
    assert latest(six, "2026-11-30T04:30", "2026-11-30T05:30", BERLIN) == "2026-11-30T05:00"
    assert latest(six, "2026-06-01T03:30", "2026-06-01T04:30", BERLIN) == "2026-06-01T04:00"


@pytest.mark.parametrize("expression", ["cron(30 2 * * ? *)", "at(2027-03-28T02:30:00)"])
def test_time_that_the_clocks_skip_is_not_due(expression: str) -> None:
    assert latest(expression, "2027-03-28T00:00", "2027-03-28T12:00", BERLIN) == ""


@pytest.mark.parametrize("expression", ["cron(30 2 * * ? *)", "at(2026-10-25T02:30:00)"])
def test_time_that_the_clocks_repeat_is_due_at_the_first(expression: str) -> None:
    assert latest(expression, "2026-10-25T00:00", "2026-10-25T01:00", BERLIN) == "2026-10-25T00:30"
    assert latest(expression, "2026-10-25T01:00", "2026-10-25T12:00", BERLIN) == ""


def test_at_is_due_once_to_the_second() -> None:
    moment = "at(2027-01-31T06:00:30)"
    assert latest(moment, "2027-01-31T06:00", "2027-01-31T06:00:29") == ""
    assert latest(moment, "2027-01-31T06:00:29", "2027-01-31T06:05") == "2027-01-31T06:00"
    assert latest(moment, "2027-01-31T06:05", "2030-01-01T00:00") == ""


def test_rate_counts_from_a_moment_that_the_name_chooses() -> None:
    start = datetime(2026, 11, 29, tzinfo=UTC)
    day, week = timedelta(days=1), "rate(7 days)"
    found = {name: latest_due(week, "UTC", start, start + 7 * day, name) for name in ("a", "b")}
    assert found["a"]
    assert found["b"]
    assert found["a"] != found["b"]
    assert latest_due(week, "UTC", found["a"], found["a"] + 7 * day - day, "a") is None
    assert latest_due(week, "UTC", found["a"], found["a"] + 7 * day, "a") == found["a"] + 7 * day


@pytest.mark.parametrize(
    ("day", "due"),
    [
        ("15W", {"2026-11-16", "2026-12-15", "2027-01-15", "2027-05-14"}),
        ("1W", {"2026-11-02", "2026-12-01", "2027-01-01", "2027-05-03"}),
        ("31W", {"2026-12-31", "2027-01-29", "2027-05-31"}),
        ("LW", {"2026-11-30", "2026-12-31", "2027-01-29", "2027-05-31"}),
        ("L-3", {"2026-11-27", "2026-12-28", "2027-01-28", "2027-05-28"}),
    ],
)
def test_weekday_near_a_day(day: str, due: set[str]) -> None:
    expression = f"cron(0 6 {day} NOV,DEC,JAN,MAY ? 2026-2027)"
    first = datetime(2026, 11, 1, 12, tzinfo=UTC)
    found = set()
    for number in range(213):
        until = first + timedelta(days=number)
        if latest_due(expression, "UTC", until - timedelta(days=1), until, "bank"):
            found.add(f"{until:%Y-%m-%d}")
    assert found == due


@pytest.mark.parametrize(
    "expression",
    ["sometimes", "rate(0 days)", "cron(0 6 * * ?)", "cron(60 6 * * ? *)", "cron(a 6 * * ? *)"],
)
def test_what_is_no_expression_is_refused(expression: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        latest(expression, "2026-11-30T05:00", "2026-11-30T06:00")
