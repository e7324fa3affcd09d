"""When a run begins after objects have come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tuning.arrivals.due_time import due_time, retry_minutes
from tuning.variables.arrival import WaitingModel

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)


def model(quiet: int, longest: int = 3600) -> WaitingModel:
    return WaitingModel(
        model_name="bank",
        endpoint_name="retune-bank",
        quiet_in_seconds=quiet,
        max_wait_in_seconds=longest,
    )


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def test_it_is_quiet_for_as_long_as_was_asked_for_and_at_most_a_tenth_longer() -> None:
    for late in (0, 0.5, 17, 29.9, 30, 61):
        now = NOON + seconds(late)
        assert seconds(300) <= due_time(model(300), now, first=NOON) - now < seconds(330)


def test_objects_of_nearly_the_same_moment_are_due_at_the_same_one() -> None:
    due = {due_time(model(300), NOON + seconds(1 + n / 100), first=NOON) for n in range(2_000)}
    assert len(due) == 1


def test_steady_stream_waits_no_longer_than_the_longest_wait() -> None:
    for minutes in range(0, 120, 4):
        now = NOON + timedelta(minutes=minutes)
        assert due_time(model(300), now, first=NOON) <= NOON + seconds(3600)
    assert due_time(model(300), NOON + seconds(3590), first=NOON) == NOON + seconds(3600)


@pytest.mark.parametrize(("quiet", "minutes"), [(1, 1), (59, 1), (300, 5), (86_400, 1_440)])
def test_other_run_is_looked_for_again_after_the_quiet_time_in_whole_minutes(
    quiet: int, minutes: int
) -> None:
    assert retry_minutes(model(quiet)) == minutes
