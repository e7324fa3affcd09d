"""A log is read once from its beginning to its end, also while it is written."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws

from retune.logs.job_log import JobLog
from retune.ui.log_place import Place, read_on

GROUP = "/aws/sagemaker/TrainingJobs"
NOW = int(time.time() * 1000) - 60_000  # CloudWatch takes no lines of other times


class Account:
    """moto's."""

    def client(self, service: Any) -> Any:
        return boto3.client(service, region_name="eu-west-1")

    def write(self, stream: str, *lines: tuple[int, str]) -> None:
        events = [{"timestamp": NOW + time, "message": text} for time, text in lines]
        self.client("logs").put_log_events(
            logGroupName=GROUP, logStreamName=stream, logEvents=events
        )


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "testing")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "testing")
    with mock_aws():
        yield Account()


def make(account: Account, *streams: str) -> None:
    account.client("logs").create_log_group(logGroupName=GROUP)
    for stream in streams:
        account.client("logs").create_log_stream(logGroupName=GROUP, logStreamName=stream)


def test_a_job_that_has_written_nothing_has_an_empty_log(account: Any) -> None:
    assert read_on(JobLog(account, "Training", "job-1"), Place()) == ([], Place())
    make(account)
    assert read_on(JobLog(account, "Training", "job-1"), Place()) == ([], Place())


def test_each_line_is_read_once_also_those_of_the_same_time(account: Any) -> None:
    make(account, "job-1/algo-1", "job-10/algo-1")
    account.write("job-1/algo-1", (0, "one"), (5, "two"))
    account.write("job-10/algo-1", (1, "of another job"))
    lines, place = read_on(JobLog(account, "Training", "job-1"), Place())
    assert [line.message for line in lines] == ["one", "two"]
    assert read_on(JobLog(account, "Training", "job-1"), place) == ([], place)
    account.write("job-1/algo-1", (5, "three"), (9, "four"))
    lines, place = read_on(JobLog(account, "Training", "job-1"), Place.parse(str(place)))
    assert [line.message for line in lines] == ["three", "four"]
    assert read_on(JobLog(account, "Training", "job-1"), place) == ([], place)


def test_lines_of_all_instances_are_in_the_order_of_their_times(account: Any) -> None:
    make(account, "job-1/algo-1", "job-1/algo-2")
    account.write("job-1/algo-1", (0, "one"), (4, "three"))
    account.write("job-1/algo-2", (2, "two"))
    lines, _ = read_on(JobLog(account, "Training", "job-1"), Place())
    assert [line.message for line in lines] == ["one", "two", "three"]
