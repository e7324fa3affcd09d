"""Map Runs of distributed maps, and the executions that are their iterations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import create_arn, finish, refusal, start


def map_state(inner: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A machine that runs `inner` for each item of its input."""
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "One",
        "States": {"One": inner | {"End": True}},
    }
    state = {"Type": "Map", "Label": "Each", "ItemProcessor": processor, "End": True}
    return {"StartAt": "All", "States": {"All": state | more}}


@pytest.fixture(scope="module")
def execution(sfn: Any) -> str:
    machine = create_arn(sfn, map_state({"Type": "Pass"}, MaxConcurrency=2))
    arn = start(sfn, machine, input="[1, 2, 3]")
    assert finish(sfn, arn)["status"] == "SUCCEEDED"
    return arn


@pytest.fixture(scope="module")
def run(sfn: Any, execution: str) -> str:
    (listed,) = sfn.list_map_runs(executionArn=execution)["mapRuns"]
    machine = execution.replace("execution", "stateMachine").rpartition(":")[0]
    assert listed["executionArn"] == execution
    assert listed["stateMachineArn"] == f"{machine}/Each"
    assert listed["stopDate"] >= listed["startDate"]
    return str(listed["mapRunArn"])


def test_map_run_is_told_with_its_counts(sfn: Any, execution: str, run: str) -> None:
    told = sfn.describe_map_run(mapRunArn=run)
    assert told["executionArn"] == execution
    assert told["status"] == "SUCCEEDED"
    assert told["maxConcurrency"] == 2
    assert (told["toleratedFailureCount"], told["toleratedFailurePercentage"]) == (0, 0.0)
    for counts in (told["itemCounts"], told["executionCounts"]):
        some = {name: count for name, count in counts.items() if count}
        assert some == {"succeeded": 3, "resultsWritten": 3, "total": 3}


def test_iterations_are_executions(sfn: Any, run: str) -> None:
    iterations = sfn.list_executions(mapRunArn=run)["executions"]
    assert [each["itemCount"] for each in iterations] == [1, 1, 1]
    assert {each["mapRunArn"] for each in iterations} == {run}
    described = [finish(sfn, each["executionArn"]) for each in iterations]
    assert sorted(each["input"] for each in described) == ["1", "2", "3"]
    assert {each["mapRunArn"] for each in described} == {run}
    assert sfn.list_executions(mapRunArn=run, statusFilter="FAILED")["executions"] == []
    assert sfn.list_executions(mapRunArn=run, redriveFilter="REDRIVEN")["executions"] == []


def test_iteration_runs_the_item_processor(sfn: Any, run: str) -> None:
    iteration = sfn.list_executions(mapRunArn=run)["executions"][0]["executionArn"]
    told = sfn.describe_state_machine_for_execution(executionArn=iteration)
    assert told["label"] == "Each"
    assert told["mapRunArn"] == run
    assert told["stateMachineArn"].endswith("/Each")
    assert list(json.loads(told["definition"])["States"]) == ["One"]
    kinds = [each["type"] for each in sfn.get_execution_history(executionArn=iteration)["events"]]
    assert kinds[0] == "ExecutionStarted"


def test_distributed_map_is_described_by_its_label(sfn: Any, run: str) -> None:
    arn = run.replace("mapRun", "stateMachine").rpartition(":")[0]
    told = sfn.describe_state_machine(stateMachineArn=arn)
    assert (told["stateMachineArn"], told["label"]) == (arn, "Each")
    assert list(json.loads(told["definition"])["States"]) == ["One"]
    assert refusal(sfn.start_execution, stateMachineArn=arn)[0] == "ValidationException"
    missing = arn.replace("/Each", "/None")
    assert refusal(sfn.describe_state_machine, stateMachineArn=missing) == (
        "StateMachineDoesNotExist",
        f"State Machine Does Not Exist: '{missing}'",
    )


def test_map_without_a_label_has_one_that_stays(sfn: Any) -> None:
    machine, labels = map_state({"Type": "Pass"}), set()
    del machine["States"]["All"]["Label"]
    arn = create_arn(sfn, machine)
    for _ in range(2):
        execution = start(sfn, arn, input="[1]")
        finish(sfn, execution)
        (run,) = sfn.list_map_runs(executionArn=execution)["mapRuns"]
        told = sfn.describe_state_machine(stateMachineArn=run["stateMachineArn"])
        assert run["stateMachineArn"] == f"{arn}/{told['label']}"
        labels.add(told["label"])
    assert len(labels) == 1


def test_ended_map_run_cannot_be_updated(sfn: Any, run: str) -> None:
    request = {"mapRunArn": run, "maxConcurrency": 1}
    assert refusal(sfn.update_map_run, **request)[0] == "ValidationException"


def test_running_map_run_is_updated(sfn: Any) -> None:
    machine = create_arn(sfn, map_state({"Type": "Wait", "Seconds": 60}))
    execution = start(sfn, machine, input="[1]")
    runs: list[dict[str, Any]] = []
    while not runs:
        runs = sfn.list_map_runs(executionArn=execution)["mapRuns"]
    arn = runs[0]["mapRunArn"]
    sfn.update_map_run(mapRunArn=arn, toleratedFailureCount=3, maxConcurrency=1)
    told = sfn.describe_map_run(mapRunArn=arn)
    assert (told["toleratedFailureCount"], told["maxConcurrency"]) == (3, 1)
    sfn.stop_execution(executionArn=execution)
    assert refusal(sfn.list_executions, stateMachineArn=machine, redriveFilter="REDRIVEN")[0] == (
        "ValidationException"
    )


def test_map_run_that_is_not_there_is_refused(sfn: Any, run: str) -> None:
    for call in (sfn.describe_map_run, sfn.update_map_run, sfn.list_executions):
        assert refusal(call, mapRunArn=run + "-missing")[0] == "ResourceNotFound"
