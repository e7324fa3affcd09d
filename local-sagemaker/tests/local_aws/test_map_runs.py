"""Distributed Map: iterations that are executions, counted by a Map Run."""

from __future__ import annotations

import time
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.distributed_maps import ECHO, JUDGE, bucket_with, distributed, outcome
from tests.local_aws.machine import create_machine, finish, history, run, start

WAIT = {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}
EXCEEDED = "States.ExceedToleratedFailureThreshold"


@pytest.mark.parametrize("kind", ["STANDARD", "EXPRESS"])
def test_iterations_are_executions_of_a_machine_of_their_own(
    local_aws: LocalAws, kind: str
) -> None:
    machine = distributed(JUDGE, kind, Label="cold", ToleratedFailureCount=1)
    parent = start(local_aws, machine, [1, -1, 2])
    assert finish(local_aws, parent)["output"] == [1, 2]
    states = local_aws.client("stepfunctions")
    (found,) = states.list_map_runs(executionArn=parent)["mapRuns"]
    described = states.describe_map_run(mapRunArn=found["mapRunArn"])
    counts = {name: count for name, count in described["executionCounts"].items() if count}
    assert counts == {"succeeded": 2, "failed": 1, "total": 3, "resultsWritten": 2}
    assert (described["status"], described["executionArn"]) == ("SUCCEEDED", parent)
    listed = states.list_executions(mapRunArn=found["mapRunArn"], statusFilter="FAILED")
    (child,) = listed["executions"]
    assert (child["itemCount"], child["mapRunArn"]) == (1, found["mapRunArn"])
    assert child["stateMachineArn"].endswith("/cold")
    failed = states.describe_execution(executionArn=child["executionArn"])
    assert (failed["input"], failed["error"], failed["cause"]) == ("-1", "TooCold", "below zero")
    assert history(local_aws, child["executionArn"])[-1]["type"] == "ExecutionFailed"


def test_history_of_the_parent_tells_of_the_run_and_not_of_its_iterations(
    local_aws: LocalAws,
) -> None:
    succeeded = start(local_aws, distributed(ECHO), [1, 2])
    finish(local_aws, succeeded)
    told = history(local_aws, succeeded)
    assert [(event["previousEventId"], event["type"]) for event in told] == [
        (0, "ExecutionStarted"), (0, "MapStateEntered"), (2, "MapStateStarted"),
        (3, "MapRunStarted"), (4, "MapRunSucceeded"), (5, "MapStateSucceeded"),
        (4, "MapStateExited"), (7, "ExecutionSucceeded"),
    ]  # fmt: skip
    failed = start(local_aws, distributed(JUDGE), [-1])
    finish(local_aws, failed)
    events = history(local_aws, failed)
    assert [event["type"] for event in events[-3:]] == [
        "MapRunFailed", "MapStateFailed", "ExecutionFailed",
    ]  # fmt: skip
    assert events[-3]["mapRunFailedEventDetails"]["error"] == EXCEEDED


@pytest.mark.parametrize(
    ("tolerance", "expected"),
    [
        ({}, EXCEEDED),
        ({"ToleratedFailureCount": 1}, EXCEEDED),
        ({"ToleratedFailureCount": 2}, [1, 1]),
        ({"ToleratedFailurePercentage": 49}, EXCEEDED),
        ({"ToleratedFailurePercentage": 50}, [1, 1]),
        ({"ToleratedFailureCount": 1, "ToleratedFailurePercentage": 50}, EXCEEDED),
        ({"ToleratedFailureCountPath": "$.two", "ItemsPath": "$.items"}, [1, 1]),
        ({"ToleratedFailurePercentagePath": "$.fifty", "ItemsPath": "$.items"}, [1, 1]),
    ],
)
def test_more_failures_than_are_tolerated_fail_the_state(
    local_aws: LocalAws, tolerance: dict[str, Any], expected: Any
) -> None:
    items: Any = [-1, 1, -1, 1]
    given = {"items": items, "two": 2, "fifty": 50.0} if "ItemsPath" in tolerance else items
    machine = distributed(JUDGE, MaxConcurrency=1, **tolerance)
    assert outcome(run(local_aws, machine, given)) == expected


def test_the_failure_can_be_caught_and_iterations_that_run_are_stopped(
    local_aws: LocalAws,
) -> None:
    waiting = JUDGE | {"Yes": WAIT["Wait"]}
    machine = distributed(waiting, Catch=[{"ErrorEquals": [EXCEEDED], "Next": "Caught"}])
    machine["States"]["Caught"] = {"Type": "Succeed"}
    parent = start(local_aws, machine, [1, -1])
    assert finish(local_aws, parent)["output"]["Error"] == EXCEEDED
    assert run_of(local_aws, parent)["executionCounts"]["aborted"] == 1


def run_of(local_aws: LocalAws, parent: str) -> dict[str, Any]:
    states = local_aws.client("stepfunctions")
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        for each in states.list_map_runs(executionArn=parent)["mapRuns"]:
            described: dict[str, Any] = states.describe_map_run(mapRunArn=each["mapRunArn"])
            if described["executionCounts"]["total"]:
                return described
        time.sleep(0.05)
    raise AssertionError("no map run")


def until(local_aws: LocalAws, parent: str, **counts: int) -> dict[str, Any]:
    deadline = time.monotonic() + 10
    while time.monotonic() < deadline:
        described = run_of(local_aws, parent)
        if counts.items() <= described["executionCounts"].items():
            return described
        time.sleep(0.05)
    raise AssertionError(described["executionCounts"])


def test_so_many_run_at_a_time_until_that_is_changed(local_aws: LocalAws) -> None:
    machine = distributed(WAIT, MaxConcurrencyPath="$.most", ItemsPath="$.items")
    parent = start(local_aws, machine, {"items": [1, 2, 3], "most": 1})
    described = until(local_aws, parent, running=1, pending=2)
    states = local_aws.client("stepfunctions")
    states.update_map_run(mapRunArn=described["mapRunArn"], maxConcurrency=2)
    until(local_aws, parent, running=2, pending=1)
    states.stop_execution(executionArn=parent)
    stopped = until(local_aws, parent, aborted=2, pending=1)
    assert stopped["status"] == "ABORTED"
    with pytest.raises(ClientError, match="not in RUNNING"):
        states.update_map_run(mapRunArn=described["mapRunArn"], maxConcurrency=3)


@pytest.mark.parametrize("kind", ["STANDARD", "EXPRESS"])
def test_redrive_goes_on_with_the_iterations_that_have_not_succeeded(
    local_aws: LocalAws, kind: str
) -> None:
    bucket = bucket_with(local_aws)
    read_it = {
        "Read": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:s3:getObject",
            "Parameters": {"Bucket": bucket, "Key.$": "$"},
            "OutputPath": "$.Body",
            "End": True,
        }
    }
    s3, states = local_aws.client("s3"), local_aws.client("stepfunctions")
    s3.put_object(Bucket=bucket, Key="there", Body=b"first")
    parent = start(
        local_aws, distributed(read_it, kind, MaxConcurrency=1), ["there", "missing", "there"]
    )
    assert finish(local_aws, parent)["error"] == EXCEEDED
    for key, body in (("there", b"second"), ("missing", b"found")):
        s3.put_object(Bucket=bucket, Key=key, Body=body)
    states.redrive_execution(executionArn=parent)
    assert finish(local_aws, parent)["output"] == ["first", "found", "second"]
    (found,) = states.list_map_runs(executionArn=parent)["mapRuns"]
    described = states.describe_map_run(mapRunArn=found["mapRunArn"])
    assert (described["status"], described["redriveCount"]) == ("SUCCEEDED", 1)
    types = [event["type"] for event in history(local_aws, parent)]
    assert types[-6:] == [
        "ExecutionRedriven", "MapRunRedriven", "MapRunSucceeded", "MapStateSucceeded",
        "MapStateExited", "ExecutionSucceeded",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"ItemBatcher": {}}, "MaxItemsPerBatch"),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 262145}}, "262144"),
        ({"MaxConcurrency": 1, "MaxConcurrencyPath": "$.a"}, "MaxConcurrency"),
        ({"Label": "a b"}, "Label"),
        ({"Label": "x" * 41}, "40"),
        ({"ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                         "ReaderConfig": {"InputType": "ORC"}}}, "InputType"),
    ],
)  # fmt: skip
def test_definition_is_refused(local_aws: LocalAws, fields: dict[str, Any], named: str) -> None:
    with pytest.raises(ClientError, match=named) as refused:
        create_machine(local_aws, distributed(ECHO, **fields))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_express_iterations_cannot_wait_and_each_says_what_it_is(local_aws: LocalAws) -> None:
    waiting = {"Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                       "Parameters": {"StateMachineArn": "x"}, "End": True}}  # fmt: skip
    unsaid = distributed(ECHO)
    del unsaid["States"]["Each"]["ItemProcessor"]["ProcessorConfig"]["ExecutionType"]
    for machine, named in (
        (distributed(waiting, "EXPRESS"), "sync:2"),
        (unsaid, "ExecutionType"),
    ):
        with pytest.raises(ClientError, match=named):
            create_machine(local_aws, machine)
