"""When a recovery can have seen all that an execution leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tuning.failure.last_calls import last_calls_over

NOW = datetime.now(UTC)


def ended(status: str, minutes_ago: int) -> dict[str, Any]:
    stop = NOW - timedelta(minutes=minutes_ago)
    return {"status": status, "startDate": NOW - timedelta(days=1), "stopDate": stop}


@pytest.mark.parametrize("status", ["ABORTED", "TIMED_OUT", "FAILED"])
def test_function_of_an_ended_execution_may_run_for_a_quarter_of_an_hour(status: str) -> None:
    over = last_calls_over(ended(status, minutes_ago=20))
    assert over == NOW - timedelta(minutes=5)


def test_until_then_any_recovery_counts() -> None:
    stopped, running = ended("ABORTED", minutes_ago=10), {"startDate": NOW, "status": "RUNNING"}
    assert last_calls_over(stopped) == stopped["startDate"]
    assert last_calls_over(running) == NOW
