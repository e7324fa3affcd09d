"""Distributed Map: iterations that are executions, counted by a Map Run."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import create_machine, finish, history, run, start

WAIT = {"Wait": {"Type": "Wait", "Seconds": 600, "End": True}}
ECHO = {"Echo": {"Type": "Pass", "End": True}}
# Fails on an item below 0.
JUDGE = {
    "Judge": {
        "Type": "Choice",
        "Choices": [{"Variable": "$", "NumericLessThan": 0, "Next": "No"}],
        "Default": "Yes",
    },
    "No": {"Type": "Fail", "Error": "TooCold", "Cause": "below zero"},
    "Yes": {"Type": "Succeed"},
}
EXCEEDED = "States.ExceedToleratedFailureThreshold"


def distributed(states: dict[str, Any], kind: str = "STANDARD", **more: Any) -> dict[str, Any]:
    config = {"Mode": "DISTRIBUTED", "ExecutionType": kind}
    processor = {"ProcessorConfig": config, "StartAt": next(iter(states)), "States": states}
    language = {"QueryLanguage": more.pop("QueryLanguage", "JSONPath")}
    state = {"Type": "Map", "ItemProcessor": processor, "End": True} | more
    return language | {"StartAt": "Each", "States": {"Each": state}}


def outcome(ended: dict[str, Any]) -> Any:
    return ended.get("output", ended.get("error"))


def bucket_with(local_aws: LocalAws, **objects: str) -> str:
    client, name = local_aws.client("s3"), f"items-{uuid.uuid4().hex[:8]}"
    client.create_bucket(Bucket=name)
    for key, text in objects.items():
        client.put_object(Bucket=name, Key=key, Body=text.encode())
    return name


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
    assert counts == {"succeeded": 2, "failed": 1, "total": 3}
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
    assert [event["type"] for event in history(local_aws, succeeded)] == [
        "ExecutionStarted", "MapStateEntered", "MapStateStarted", "MapRunStarted",
        "MapRunSucceeded", "MapStateSucceeded", "MapStateExited", "ExecutionSucceeded",
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


@pytest.mark.parametrize(
    ("fields", "given", "expected"),
    [
        ({"ItemBatcher": {"MaxItemsPerBatch": 2}}, [1, 2, 3], [{"Items": [1, 2]}, {"Items": [3]}]),
        (
            {
                "ItemsPath": "$.items",
                "ItemSelector": {"n.$": "$$.Map.Item.Value", "at.$": "$$.Map.Item.Index"},
                "ItemBatcher": {"MaxItemsPerBatchPath": "$.most", "BatchInput": {"of.$": "$.of"}},
            },
            {"items": [7], "most": 2, "of": "x"},
            [{"BatchInput": {"of": "x"}, "Items": [{"n": 7, "at": 0}]}],
        ),
        (
            {
                "QueryLanguage": "JSONata",
                "Items": "{% $states.input.items %}",
                "MaxConcurrency": "{% 1 + 1 %}",
                "ItemSelector": {"n": "{% $states.context.Map.Item.Value * 2 %}"},
                "ItemBatcher": {
                    "MaxItemsPerBatch": "{% $states.input.most %}",
                    "BatchInput": {"of": "{% $states.input.of %}"},
                },
                "Output": "{% $states.result[0] %}",
            },
            {"items": [7], "most": 2, "of": "x"},
            {"BatchInput": {"of": "x"}, "Items": [{"n": 14}]},
        ),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 16}}, [1, 22, 3],
         [{"Items": [1, 22]}, {"Items": [3]}]),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 13}}, ["long"], "States.DataLimitExceeded"),
        ({"ItemsPath": "$.items"}, {"items": []}, []),
    ],
)  # fmt: skip
def test_items_are_selected_and_batched(
    local_aws: LocalAws, fields: dict[str, Any], given: Any, expected: Any
) -> None:
    assert outcome(run(local_aws, distributed(ECHO, **fields), given)) == expected


@pytest.mark.parametrize(
    ("config", "text", "expected"),
    [
        ({"InputType": "JSON", "MaxItems": 2}, "[1, 2, 3]", [1, 2]),
        ({"InputType": "JSON", "ItemsPointer": "/a/0"}, '{"a": [[5]]}', [5]),
        ({"InputType": "JSON"}, '{"a": 1}', "States.ItemReaderFailed"),
        ({"InputType": "JSONL"}, '{"a": 1}\n{"a": 2}\n', [{"a": 1}, {"a": 2}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, 'a,b\n1,"x,y"\n2\n',
         [{"a": "1", "b": "x,y"}, {"a": "2", "b": ""}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "GIVEN", "CSVHeaders": ["a"],
          "CSVDelimiter": "TAB", "MaxItems": 1}, "1\t2\n3\t4\n", [{"a": "1"}]),
        ({"InputType": "CSV", "CSVHeaderLocation": "FIRST_ROW"}, "a,a\n1,2\n",
         "States.ItemReaderFailed"),
    ],
)  # fmt: skip
def test_items_are_read_from_an_object(
    local_aws: LocalAws, config: dict[str, Any], text: str, expected: Any
) -> None:
    bucket = bucket_with(local_aws, items=text)
    reader = {
        "Resource": "arn:aws:states:::s3:getObject",
        "ReaderConfig": config,
        "Parameters": {"Bucket.$": "$.bucket", "Key": "items"},
    }
    ended = run(local_aws, distributed(ECHO, ItemReader=reader), {"bucket": bucket})
    assert outcome(ended) == expected


def test_items_are_the_objects_of_a_prefix_in_jsonata(local_aws: LocalAws) -> None:
    bucket = bucket_with(local_aws, a1="x", a2="xx", b="")
    reader = {
        "Resource": "arn:aws:states:::s3:listObjectsV2",
        "Arguments": {"Bucket": "{% $states.input.bucket %}", "Prefix": "a"},
    }
    keys: Any = {"Output": "{% $states.result.(Key & ':' & Size) %}", "QueryLanguage": "JSONata"}
    machine = distributed(ECHO, ItemReader=reader, **keys)
    assert run(local_aws, machine, {"bucket": bucket})["output"] == ["a1:1", "a2:2"]


def test_results_are_written_with_a_manifest(local_aws: LocalAws) -> None:
    bucket = bucket_with(local_aws)
    writer = {
        "Resource": "arn:aws:states:::s3:putObject",
        "Parameters": {"Bucket.$": "$.bucket", "Prefix": "out"},
    }
    tolerant: dict[str, Any] = {"ToleratedFailureCount": 1, "ItemsPath": "$.items"}
    machine = distributed(JUDGE, ResultWriter=writer, **tolerant)
    output = run(local_aws, machine, {"bucket": bucket, "items": [3, -1]})["output"]
    place = output["ResultWriterDetails"]
    assert place["Key"] == f"out/{output['MapRunArn'].rsplit(':', 1)[1]}/manifest.json"
    manifest = read(local_aws, bucket, place["Key"])
    files = {name: found[0]["Key"] for name, found in manifest["ResultFiles"].items() if found}
    (succeeded,) = read(local_aws, bucket, files["SUCCEEDED"])
    assert (succeeded["Input"], succeeded["Output"], succeeded["Status"]) == ("3", "3", "SUCCEEDED")
    (failed,) = read(local_aws, bucket, files["FAILED"])
    assert (failed["Input"], failed["Error"], failed["Status"]) == ("-1", "TooCold", "FAILED")
    assert manifest["MapRunArn"] == output["MapRunArn"]


def read(local_aws: LocalAws, bucket: str, key: str) -> Any:
    return json.loads(local_aws.client("s3").get_object(Bucket=bucket, Key=key)["Body"].read())


@pytest.mark.parametrize(
    ("fields", "named"),
    [
        ({"ItemBatcher": {}}, "MaxItemsPerBatch"),
        ({"ItemBatcher": {"MaxInputBytesPerBatch": 262145}}, "262144"),
        ({"MaxConcurrency": 1, "MaxConcurrencyPath": "$.a"}, "MaxConcurrency"),
        ({"Label": "a b"}, "Label"),
        ({"Label": "x" * 41}, "40"),
        ({"ItemReader": {"Resource": "arn:aws:states:::s3:getObject",
                         "ReaderConfig": {"InputType": "PARQUET"}}}, "PARQUET"),
    ],
)  # fmt: skip
def test_definition_is_refused(local_aws: LocalAws, fields: dict[str, Any], named: str) -> None:
    with pytest.raises(ClientError, match=named) as refused:
        create_machine(local_aws, distributed(ECHO, **fields))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_express_iterations_cannot_wait_and_inline_maps_have_no_tolerance(
    local_aws: LocalAws,
) -> None:
    waiting = {"Run": {"Type": "Task", "Resource": "arn:aws:states:::states:startExecution.sync:2",
                       "Parameters": {"StateMachineArn": "x"}, "End": True}}  # fmt: skip
    inline = distributed(ECHO, ToleratedFailureCount=1)
    inline["States"]["Each"]["ItemProcessor"]["ProcessorConfig"] = {"Mode": "INLINE"}
    unsaid = distributed(ECHO)
    del unsaid["States"]["Each"]["ItemProcessor"]["ProcessorConfig"]["ExecutionType"]
    for machine, named in (
        (distributed(waiting, "EXPRESS"), "sync:2"),
        (inline, "ToleratedFailureCount"),
        (unsaid, "ExecutionType"),
    ):
        with pytest.raises(ClientError, match=named):
            create_machine(local_aws, machine)
