"""StartOnArrival: many objects, one run, and none of them is forgotten."""

from __future__ import annotations

import json
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws.endpoint_folder import EndpointFolder
from tuning.aws.executions import start_once
from tuning.aws.waiting_starts import WaitingStarts
from tuning.handlers import start_on_arrival

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT

MODEL = {
    "ModelName": "bank",
    "EndpointName": "retune-bank",
    "QuietInSeconds": 300,
    "MaxWaitInSeconds": 3600,
}
GROUP = "retune-arrivals"


@pytest.fixture(autouse=True)
def deployed(account: Account, machine: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """The state machine of a deployment in which a model has arrivals."""
    account.client("scheduler").create_schedule_group(Name=GROUP)
    monkeypatch.setenv("STATE_MACHINE_ARN", machine)
    monkeypatch.setenv("SCHEDULE_ROLE_ARN", ROLE)
    monkeypatch.setenv("UNDELIVERED_ARN", "arn:aws:sqs:eu-west-1:123456789012:undelivered")
    return machine


def arrive(
    key: str = "data/train/a.csv", bucket: str = "lake", after: timedelta = timedelta()
) -> None:
    """An object that came so long after now."""
    came = (datetime.now(UTC) + after).isoformat()
    event = {"Model": MODEL, "Bucket": bucket, "Key": key, "Time": came}
    start_on_arrival.handler(event, CONTEXT)


LONG_AGO = timedelta(minutes=-6)  # the quiet time is over


def call(account: Account, call_id: str = "1") -> None:
    """What the schedule does when its time has come."""
    event = json.loads(waiting(account)[0]["Target"]["Input"].replace(PLACEHOLDER, call_id))
    start_on_arrival.handler(event, CONTEXT)


PLACEHOLDER = "<aws.scheduler.execution-id>"


def waiting(account: Account) -> list[Any]:
    scheduler = account.client("scheduler")
    listed = scheduler.list_schedules(GroupName=GROUP)["Schedules"]
    return [scheduler.get_schedule(GroupName=GROUP, Name=each["Name"]) for each in listed]


def started(account: Account, machine: str) -> list[Any]:
    """The inputs of executions."""
    client = account.client("stepfunctions")
    listed = client.list_executions(stateMachineArn=machine)["executions"]
    arns = [each["executionArn"] for each in listed]
    return [json.loads(client.describe_execution(executionArn=arn)["input"]) for arn in arns]


def test_hundred_objects_let_one_start_wait(account: Account, deployed: str) -> None:
    for number in range(100):
        arrive(f"data/train/{number}.csv")
    (schedule,) = waiting(account)
    assert schedule["Name"] == "bank"
    assert schedule["Target"]["Arn"] == CONTEXT.invoked_function_arn
    wait = schedule["StartDate"] - datetime.now(UTC)
    assert timedelta(seconds=290) < wait <= timedelta(seconds=330)
    assert not started(account, deployed)


def test_objects_of_the_same_moment_do_no_harm(account: Account) -> None:
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: arrive(), range(16)))
    assert len(waiting(account)) == 1


def test_later_object_puts_the_start_off(account: Account) -> None:
    arrive()
    (before,) = waiting(account)
    arrive(after=timedelta(minutes=4))
    (after,) = waiting(account)
    assert after["StartDate"] - before["StartDate"] >= timedelta(minutes=3)
    assert after["CreationDate"] == before["CreationDate"]


def test_stream_that_never_rests_is_tuned_all_the_same(account: Account) -> None:
    arrive()
    (first,) = waiting(account)
    for minutes in (30, 58, 59, 70):
        arrive(after=timedelta(minutes=minutes))
    (last,) = waiting(account)
    assert abs(last["StartDate"] - first["CreationDate"] - timedelta(hours=1)).seconds <= 1


def test_time_has_come_and_the_model_runs_once(account: Account, deployed: str) -> None:
    arrive(after=LONG_AGO)
    call(account)
    assert started(account, deployed) == [{"ModelName": "bank"}]
    assert not waiting(account)


def test_call_that_comes_after_the_start_was_put_off_starts_nothing(
    account: Account, deployed: str
) -> None:
    arrive()
    call(account)
    assert not started(account, deployed)
    assert len(waiting(account)) == 1


def test_event_that_is_late_does_not_put_the_start_off(account: Account) -> None:
    arrive()
    (before,) = waiting(account)
    arrive(after=timedelta(minutes=-1))
    (after,) = waiting(account)
    assert after["LastModificationDate"] == before["LastModificationDate"]


def test_call_that_is_made_twice_starts_one_run(account: Account, deployed: str) -> None:
    """The second one comes after the schedule is gone."""
    arrive(after=LONG_AGO)
    event = json.loads(waiting(account)[0]["Target"]["Input"].replace(PLACEHOLDER, "1"))
    for _ in range(2):
        start_on_arrival.handler(event, CONTEXT)
    assert len(started(account, deployed)) == 1


def test_start_that_was_refused_is_made_good_by_lambdas_retry(
    account: Account, deployed: str
) -> None:
    arrive(after=LONG_AGO)
    event = json.loads(waiting(account)[0]["Target"]["Input"].replace(PLACEHOLDER, "1"))
    account.refuse("stepfunctions", "StartExecution", "AccessDeniedException", "no")
    with pytest.raises(ClientError, match="AccessDenied"):
        start_on_arrival.handler(event, CONTEXT)
    account.refusals.pop()()
    start_on_arrival.handler(event, CONTEXT)
    assert started(account, deployed) == [{"ModelName": "bank"}]


def test_start_waits_for_a_run_that_goes_on_and_comes_after_it(
    account: Account, deployed: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    arrive(after=LONG_AGO)
    EndpointFolder("data-bucket", "retune-bank").claim(f"{deployed}:other")
    going_on(monkeypatch, lambda arn: arn == f"{deployed}:other")
    call(account)
    assert not started(account, deployed)
    assert len(waiting(account)) == 1
    going_on(monkeypatch, lambda arn: False)
    call(account, "2")
    assert started(account, deployed) == [{"ModelName": "bank"}]


@pytest.mark.parametrize(("after", "waits"), [(LONG_AGO, 0), (timedelta(minutes=1), 1)])
def test_late_event_of_an_object_that_the_run_has_listed_starts_no_other(
    account: Account, deployed: str, after: timedelta, waits: int
) -> None:
    start_once(deployed, "now", {})
    execution = f"{deployed}:now".replace("stateMachine", "execution")
    EndpointFolder("data-bucket", "retune-bank").claim(execution)
    arrive(after=after)
    assert len(waiting(account)) == waits


@pytest.mark.parametrize("folder", ["runs/monday", "endpoints/retune-bank", "capture/x"])
def test_what_retune_writes_starts_nothing(account: Account, folder: str) -> None:
    arrive(f"{folder}/a.csv", bucket="data-bucket")
    assert not waiting(account)
    arrive(f"{folder}/a.csv", bucket="lake")
    assert len(waiting(account)) == 1


def test_object_that_could_not_be_noted_is_lambdas_to_try_again(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(WaitingStarts, "add", lambda *_: False)
    monkeypatch.setattr("tuning.handlers.start_on_arrival.time.sleep", lambda _: None)
    with pytest.raises(start_on_arrival.ManyAtOnceError):
        arrive()
    assert not waiting(account)


def going_on(monkeypatch: pytest.MonkeyPatch, answer: Callable[[str], bool]) -> None:
    monkeypatch.setattr("tuning.aws.executions.goes_on", answer)
