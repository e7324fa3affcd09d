"""When a recovery can have seen all that an execution leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from tuning.failure.last_calls import last_calls_over


def ended(status: str, minutes_ago: int) -> dict[str, Any]:
    now = datetime.now(UTC)
    stop = now - timedelta(minutes=minutes_ago)
    return {"status": status, "startDate": now - timedelta(days=1), "stopDate": stop}


@pytest.mark.parametrize("status", ["ABORTED", "TIMED_OUT", "FAILED"])
def test_function_of_an_ended_execution_may_run_for_a_quarter_of_an_hour(status: str) -> None:
    execution = ended(status, minutes_ago=20)
    assert last_calls_over(execution) == execution["stopDate"] + timedelta(minutes=15)


def test_until_then_any_recovery_counts() -> None:
    stopped = ended("ABORTED", minutes_ago=10)
    assert last_calls_over(stopped) == stopped["startDate"]
    running = {"startDate": stopped["startDate"], "status": "RUNNING"}
    assert last_calls_over(running) == stopped["startDate"]
