"""How many calls of AWS a look takes: docs/ui.md tells it, and a tab asks again and again."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from botocore.exceptions import ClientError

from retune.errors import InputError
from retune.executions.execution import UnknownExecution
from retune.ui.looks import Looks
from tests.ui.conftest import MACHINE, STACK

START = datetime(2020, 11, 29, 12, tzinfo=UTC)
OUTPUTS = [{"OutputKey": key, "OutputValue": value} for key, value in STACK.outputs.items()]
JOB = {
    "HyperParameterTuningJobName": "retune-1",
    "HyperParameterTuningJobStatus": "InProgress",
    "HyperParameterTuningJobConfig": {"ResourceLimits": {}},
    "TrainingJobStatusCounters": {},
    "CreationTime": START,
}
TASK = {
    "id": 1,
    "type": "TaskScheduled",
    "timestamp": START,
    "taskScheduledEventDetails": {
        "resource": "createHyperParameterTuningJob.sync",
        "parameters": '{"HyperParameterTuningJobName": "retune-1"}',
    },
}


class Account:
    """An account with one execution, which tunes; `calls` are the operations that were asked."""

    region = "eu-west-1"

    def __init__(self) -> None:
        self.calls: list[str] = []
        self.status, self.clock = "RUNNING", 0.0

    def client(self, service: str) -> Any:
        return self

    def describe_stacks(self, **given: Any) -> Any:
        return {"Stacks": [{"StackStatus": "CREATE_COMPLETE", "Outputs": OUTPUTS}]}

    def describe_execution(self, executionArn: str) -> Any:
        self.calls.append("DescribeExecution")
        if executionArn.endswith("gone"):
            raise ClientError({"Error": {"Code": "ExecutionDoesNotExist", "Message": ""}}, "X")
        ended = {"stopDate": START} if self.status != "RUNNING" else {}
        asked = '{"Endpoint": {"EndpointName": "shop"}}'
        return {"name": "run", "status": self.status, "startDate": START, "input": asked, **ended}

    def describe_hyper_parameter_tuning_job(self, **given: Any) -> Any:
        self.calls.append("DescribeHyperParameterTuningJob")
        ended = {"HyperParameterTuningEndTime": START} if self.status != "RUNNING" else {}
        return {**JOB, **ended}

    def describe_training_job(self, **given: Any) -> Any:
        raise ClientError({"Error": {"Code": "ValidationException", "Message": ""}}, "X")

    def list_objects_v2(self, Bucket: str, Prefix: str, Delimiter: str) -> Any:
        self.calls.append("ListObjectsV2")
        return {"Contents": [{"Key": f"{Prefix}{name}"} for name in ("report.html", "plan.json")]}

    def get_paginator(self, operation: str) -> Any:
        self.calls.append(operation)
        return self

    def paginate(self, **given: Any) -> Any:
        listed = [{"executionArn": f"{MACHINE.replace('stateMachine', 'execution')}:run"}]
        return [{"events": [TASK], "executions": listed}]


@pytest.fixture
def account(monkeypatch: pytest.MonkeyPatch) -> Account:
    monkeypatch.delenv("AWS_ENDPOINT_URL", raising=False)
    return Account()


@pytest.fixture
def looks(account: Account) -> Looks:
    aws: Any = account
    looks = Looks(aws, "retune")
    looks.remembered._clock = lambda: account.clock
    return looks


def test_an_execution_that_runs_takes_three_calls_every_five_seconds(
    account: Account, looks: Looks
) -> None:
    three = ["DescribeExecution", "get_execution_history", "DescribeHyperParameterTuningJob"]
    for _ in range(3):  # as many tabs
        looks.run("run")
    assert account.calls == three
    account.clock += 5
    looks.run("run")
    assert account.calls == three * 2


def test_an_execution_that_has_ended_is_looked_at_once(account: Account, looks: Looks) -> None:
    account.status = "SUCCEEDED"
    for _ in range(3):
        look = looks.run("run")
        account.clock += 3600
    assert len(account.calls) == 4
    assert look.run.endpoint == "shop"
    assert {name: str(place) for name, place in look.files.items()} == {
        "report.html": "s3://bucket/runs/run/report.html"
    }


def test_in_the_list_only_what_runs_is_described_again(account: Account, looks: Looks) -> None:
    for _ in range(3):
        looks.newest()
        account.clock += 5
    assert account.calls == ["list_executions", "DescribeExecution"] * 3
    account.status, account.calls = "FAILED", []
    for _ in range(3):
        looks.newest()
        account.clock += 5
    assert account.calls.count("DescribeExecution") == 1


def test_what_is_gone_is_said(looks: Looks) -> None:
    with pytest.raises(UnknownExecution, match="There is no execution 'gone'"):
        looks.run("gone")
    with pytest.raises(InputError, match="There is no training job 'gone'"):
        looks.training_job("gone")


def test_after_a_stop_it_is_looked_at_until_its_report_is_there(
    account: Account, looks: Looks, monkeypatch: pytest.MonkeyPatch
) -> None:
    account.status = "ABORTED"
    monkeypatch.setattr("retune.ui.run_look.now", lambda: START)
    monkeypatch.setattr(account, "list_objects_v2", lambda **given: {})
    assert not looks.run("run").is_final()
    account.clock += 5
    written = {"Contents": [{"Key": "runs/run/report.html"}]}
    monkeypatch.setattr(account, "list_objects_v2", lambda **given: written)
    assert looks.run("run").is_final()
