"""Retune and local AWS know when a schedule is due: its period is the longest gap of its clock."""

from datetime import UTC, datetime, timedelta

import pytest
from local_sagemaker.services.scheduler.expression import next_time
from tuning.schedules.period import period_days

START = datetime(2026, 11, 28, tzinfo=UTC)
YEARS = timedelta(days=366 * 3)


@pytest.mark.parametrize(
    "fields",
    [
        "0 6 ? * MON *",
        "0 6 ? * TUE-SAT *",
        "0 6 ? * 1,4 *",
        "0 6 ? * 6L *",
        "0 6 ? * 3#2 *",
        "0 6 */9 * ? *",
        "0 6 2/10 * ? *",
        "0 6 L * ? *",
        "0 6 30 * ? *",
        "0 6 5 FEB,AUG ? *",
        "0 6 1-3 1/4 ? 2026-2030",
    ],
)
def test_period_is_the_longest_gap_of_the_clock(fields: str) -> None:
    expression = f"cron({fields})"
    due, gaps = next_time(expression, "UTC", START), []
    time = due(START)
    while time is not None and time < START + YEARS:
        later = due(time + timedelta(minutes=1))
        assert later is not None
        gaps.append((later.date() - time.date()).days)
        time = later
    assert period_days(expression, START.date()) == max(gaps)
