"""`retune logs`: what a job or Retune's functions have written, once or as it comes."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from retune.aws import Aws
from retune.logs.events import LogEvent, follow
from retune.logs.function_log import FunctionLog, readable
from retune.logs.job_log import JobLog, find_job_log
from tests.cli.conftest import Run
from tests.tuning.account import Account
from tests.tuning.conftest import account  # noqa: F401 - a fixture

GROUP = "/aws/sagemaker/TrainingJobs"
NAMES = ("retune-1-003-0a1b2c3d", "retune-1-003-0a1b2c3d-retrain")


@pytest.fixture
def written(account: Account) -> Account:  # noqa: F811
    """Two jobs, of which the name of one begins as the other's, have written two lines each."""
    client = account.client("logs")
    client.create_log_group(logGroupName=GROUP)
    for job in NAMES:
        for at, container in enumerate(("algo-1", "algo-2")):
            stream = {"logGroupName": GROUP, "logStreamName": f"{job}/{container}-1795967918"}
            client.create_log_stream(**stream)
            event = {"timestamp": 1_795_967_918_000 - at, "message": f"{job} {container}"}
            client.put_log_events(**stream, logEvents=[event])
    return account


def test_log_of_a_job_is_that_of_all_its_containers_and_of_no_other_job(written: Account) -> None:
    found = JobLog(written, "Training", NAMES[0]).events(0)  # type: ignore[arg-type]
    assert {event.message for event in found} == {f"{NAMES[0]} algo-{n}" for n in (1, 2)}


def test_job_that_has_written_nothing_has_an_empty_log(account: Account) -> None:  # noqa: F811
    assert JobLog(account, "Processing", "x").events(0) == []  # type: ignore[arg-type]


def test_name_that_no_job_has_is_none(account: Account) -> None:  # noqa: F811
    assert find_job_log(account, "retune-1-003-0a1b2c3d") is None  # type: ignore[arg-type]


class Failed:
    """An account in which an execution has failed in a state that it did not leave any more."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []

    @property
    def exceptions(self) -> Any:
        return self

    ResourceNotFoundException = KeyError

    def client(self, service: str) -> Any:
        return self

    def describe_execution(self, **given: Any) -> Any:
        return {"name": "run", "status": "FAILED", "startDate": at(0)}

    def get_paginator(self, operation: str) -> Any:
        return self

    def paginate(self, **given: Any) -> Any:
        if "logGroupName" in given:
            self.asked.append((given["logGroupName"], given["startTime"], given["endTime"]))
            return []
        told = [
            ("TaskStateEntered", 1, {"stateEnteredEventDetails": {"name": "PlanTuning"}}),
            ("TaskStateExited", 3, {"stateExitedEventDetails": {"name": "PlanTuning"}}),
            ("TaskStateEntered", 4, {"stateEnteredEventDetails": {"name": "SelectBest"}}),
            ("ExecutionFailed", 9, {"executionFailedEventDetails": {"error": "Broken"}}),
        ]
        events = [
            {"id": number, "previousEventId": number - 1, "type": kind, "timestamp": at(s), **more}
            for number, (kind, s, more) in enumerate(told, start=1)
        ]
        return [{"events": events[::-1]}]


def at(second: int) -> datetime:
    return datetime.fromtimestamp(second, UTC)


def test_a_function_is_heard_while_the_execution_was_in_its_state_and_a_second_longer() -> None:
    failed = Failed()
    assert FunctionLog(cast(Aws, failed), "shop", "arn").events(0) == []
    assert failed.asked == [
        ("/aws/lambda/shop-PlanTuning", 1_000, 4_000),
        ("/aws/lambda/shop-SelectBest", 4_000, 10_000),
    ]


class Growing:
    """A log that is written while it is read: a late event comes when the job is over."""

    def __init__(self) -> None:
        self.looks: Iterator[list[LogEvent]] = iter(
            [[event(1)], [event(1), event(2)], [event(2), event(3)]]
        )
        self.ends = iter([False, False, True])

    def events(self, since: int) -> list[LogEvent]:
        return [each for each in next(self.looks) if each.milliseconds >= since]

    def is_over(self) -> bool:
        return next(self.ends)


def event(at: int) -> LogEvent:
    return LogEvent(str(at), at, "stream", f"line {at}")


def test_log_is_followed_to_its_end_and_no_line_told_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("retune.logs.events.time.sleep", lambda seconds: None)
    assert [each.message for each in follow(Growing())] == ["line 1", "line 2", "line 3"]


def test_structured_message_is_one_line_for_a_person() -> None:
    message = (
        '{"level": "INFO", "location": "handler:73", "message": "Report written", "service": '
        '"retune", "cold_start": true, "outcome": "Deployed", "kept": ["a"]}'
    )
    assert readable(message) == 'INFO Report written outcome=Deployed kept=["a"]'
    for other in ("Traceback (most recent call last):\n", "[1, 2]", '{"a": 1}'):
        assert readable(other) == other.rstrip()


@pytest.mark.parametrize("options", [("--last", "3"), ("--format", "json")], ids=["last", "json"])
def test_what_is_followed_has_no_last_lines(retune: Run, options: tuple[Any, ...]) -> None:
    ended = retune("logs", "3", "--follow", *options)
    assert ended.exit_code == 2
    assert "leave out --last and --format" in ended.output
