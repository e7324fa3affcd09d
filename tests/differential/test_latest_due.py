"""The dispatcher starts a model at the times at which local AWS's EventBridge Scheduler would."""

from datetime import UTC, datetime, timedelta

import pytest
from local_sagemaker.services.scheduler.expression import next_time
from tuning.schedules.expression import latest_due

START, DAYS = datetime(2026, 11, 28, 12, tzinfo=UTC), 36  # no clock changes meanwhile
STEP = timedelta(minutes=19)


@pytest.mark.parametrize("zone", ["Asia/Kathmandu", "America/New_York"])
@pytest.mark.parametrize(
    "expression",
    [
        "cron(0 6 ? * MON *)",
        "cron(0/20 22-1 ? * TUE-SAT *)",
        "cron(5,35 */7 2/10 * ? *)",
        "cron(0 6 ? * 6L *)",
        "cron(59 23 ? * 3#2 *)",
        "cron(0 0 L * ? *)",
        "cron(15 12 1-3 1/2 ? 2026-2027)",
        "at(2026-12-24T18:00:00)",
    ],
)
def test_each_time_is_found_once_by_looks_that_follow_each_other(
    expression: str, zone: str
) -> None:
    due, expected = next_time(expression, zone, START), []
    end = START + timedelta(days=DAYS)
    time = due(START + timedelta(seconds=1))
    while time is not None and time <= end:
        expected.append(time.astimezone(UTC))
        time = due(time + timedelta(seconds=1))
    found, since = [], START
    while since < end:
        until = min(since + STEP, end)
        found += [each] if (each := latest_due(expression, zone, since, until, "bank")) else []
        since = until
    assert found == expected
    assert found
