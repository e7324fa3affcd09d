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


@pytest.mark.parametrize("status", ["ABORTED", "TIMED_OUT"])
def test_function_of_a_stopped_execution_may_run_for_a_quarter_of_an_hour(status: str) -> None:
    over = last_calls_over(ended(status, minutes_ago=20))
    assert over == NOW - timedelta(minutes=5)


@pytest.mark.parametrize(
    "execution",
    [ended("ABORTED", 10), ended("FAILED", 20), {**ended("RUNNING", 0), "stopDate": None}],
    ids=["not yet over", "failed by itself", "runs"],
)
def test_until_then_and_without_a_stop_any_recovery_counts(execution: dict[str, Any]) -> None:
    assert last_calls_over(execution) == execution["startDate"]
