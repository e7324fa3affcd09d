"""How long a schedule waits at most: what a period is for the alarm on models without success."""

from datetime import date

import pytest
from tuning.schedules.period import period_days

TODAY = date(2026, 11, 28)


@pytest.mark.parametrize(
    ("expression", "days"),
    [
        ("rate(7 days)", 7),
        ("rate(1 day)", 1),
        ("rate(36 hours)", 1.5),
        ("rate(1 hour)", 1),  # a run takes longer, and the check comes once a day
        ("rate(5 minutes)", 1),
        ("cron(0 6 * * ? *)", 1),
        ("cron(0/30 6,18 * * ? *)", 1),
        ("cron(0 6 ? * MON *)", 7),
        ("cron(0 6 ? * 2 *)", 7),  # Monday too: Sunday is 1
        ("cron(0 6 ? * MON-FRI *)", 3),
        ("cron(0 6 ? * fri-mon *)", 4),  # Friday to Monday, over the end of the week
        ("cron(0 6 ? * MON,THU *)", 4),
        ("cron(0 6 ? * 6L *)", 35),  # the last Friday of each month
        ("cron(0 6 ? * 3#1 *)", 35),
        ("cron(0 6 1 * ? *)", 31),
        ("cron(0 6 1,15 * ? *)", 17),
        ("cron(0 6 L * ? *)", 31),
        ("cron(0 6 15W * ? *)", 32),  # from a Friday the 14th to the 15th, or to Monday the 16th
        ("cron(0 6 1 1/3 ? *)", 92),
        ("cron(0 6 1 JAN,JUL ? *)", 184),
        ("cron(0 6 31 * ? *)", 61),
        ("cron(0 6 29 2 ? *)", 1461),
    ],
)
def test_period_is_the_longest_gap_between_two_times(expression: str, days: float) -> None:
    assert period_days(expression, TODAY) == days


@pytest.mark.parametrize(
    "expression",
    [
        "at(2027-01-01T06:00:00)",
        "cron(0 6 1 1 ? 2027)",  # once
        "cron(0 6 1 1 ? 2020)",  # never more
        "cron(0 6 * *)",
        "cron(a b ? * DAYS *)",
        "cron(0 6 ? * MON/0 *)",
        "sometimes",
    ],
)
def test_what_does_not_come_back_has_no_period(expression: str) -> None:
    assert period_days(expression, TODAY) is None
