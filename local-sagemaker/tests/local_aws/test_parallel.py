"""Parallel with one branch as try and catch: errors, variables, output, stop, history."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import finish, history, jsonata, run, start
from tests.local_aws.test_executions import lambda_task, wait_state
from tests.local_aws.test_nested_executions import FAILING, WAITING, child_of, parent_of


def box(states: dict[str, Any], **fields: Any) -> dict[str, Any]:
    """A machine whose box holds the states, in their order of entry, and catches everything."""
    catch = {
        "ErrorEquals": ["States.ALL"],
        "Assign": {"failure": "{% $states.errorOutput %}"},
        "Next": "Caught",
    }
    branch = {"StartAt": next(iter(states)), "States": states}
    parallel = {"Type": "Parallel", "Branches": [branch], "Catch": [catch], "Next": "Done"}
    return jsonata(
        {
            "Box": parallel | fields,
            "Done": {"Type": "Succeed"},
            "Caught": {"Type": "Succeed", "Output": "{% $failure %}"},
        }
    )


def test_output_is_what_the_branch_made_of_the_input(local_aws: LocalAws) -> None:
    state = {"Type": "Pass", "Output": "{% $states.input.a + 1 %}", "End": True}
    assert run(local_aws, box({"Add": state}), {"a": 1})["output"] == [2]
    unpacked = box({"Add": state}, Output="{% $states.result[0] %}")
    assert run(local_aws, unpacked, {"a": 1})["output"] == 2


@pytest.mark.parametrize("within_map", [False, True])
@pytest.mark.parametrize("error", ["TooBad", "States.TaskFailed"])
def test_error_of_a_state_reaches_the_catch_of_the_box(
    local_aws: LocalAws, within_map: bool, error: str
) -> None:
    """The second one is the name that the failure of a task that waits for a job has."""
    states: dict[str, Any] = FAILING["States"]
    if error == "States.TaskFailed":
        states = parent_of(local_aws, FAILING)["States"]
    inner = {"StartAt": next(iter(states)), "States": states}
    each = {"Type": "Map", "Items": [1, 2], "ItemProcessor": inner, "End": True}
    ended = run(local_aws, box({"Each": each} if within_map else states))
    assert ended["output"]["Error"] == error
    assert "it is" in ended["output"]["Cause"]


def test_time_limit_of_a_state_reaches_the_catch_of_the_box(local_aws: LocalAws) -> None:
    source = "import time\ndef handler(event, context): time.sleep(5)"
    slow = lambda_task(create_function(local_aws, source), TimeoutSeconds=1)
    assert run(local_aws, box({"Slow": slow}))["output"]["Error"] == "States.Timeout"


def test_catch_within_the_box_comes_first(local_aws: LocalAws) -> None:
    source = "class Small(Exception): pass\ndef handler(event, context): raise Small()"
    catch = [{"ErrorEquals": ["Small"], "Next": "Go on", "Output": "mended"}]
    states = {
        "Ask": lambda_task(create_function(local_aws, source), Catch=catch),
        "Go on": {"Type": "Pass", "End": True},
    }
    assert run(local_aws, box(states))["output"] == ["mended"]


def test_uncatchable_error_within_the_box_ends_the_execution(local_aws: LocalAws) -> None:
    too_much = {"Type": "Pass", "Output": "{% $pad('', 300000, 'x') %}", "End": True}
    ended = run(local_aws, box({"Make": too_much}))
    assert (ended["status"], ended["error"]) == ("FAILED", "States.DataLimitExceeded")


def test_variables_reach_into_the_box_and_not_out_of_it(local_aws: LocalAws) -> None:
    states = {
        "Assign": {"Type": "Pass", "Assign": {"inner": 2}, "Next": "Read"},
        "Read": {"Type": "Pass", "Output": "{% [$outer, $inner] %}", "End": True},
    }
    machine = box(states)
    machine["States"]["Before"] = {"Type": "Pass", "Assign": {"outer": 1}, "Next": "Box"}
    machine["StartAt"] = "Before"
    assert run(local_aws, machine)["output"] == [[1, 2]]
    machine["States"]["Done"]["Output"] = "{% $exists($inner) %}"
    assert run(local_aws, machine)["output"] is False


def test_stop_in_the_middle_of_the_box_lets_nothing_go_on(local_aws: LocalAws) -> None:
    states = {
        "Wait": wait_state(6) | {"Next": "After"},
        "After": {"Type": "Pass", "End": True},
    }
    del states["Wait"]["End"]
    execution = start(local_aws, box(states))
    while len(history(local_aws, execution)) < 4:
        time.sleep(0.05)
    local_aws.client("stepfunctions").stop_execution(executionArn=execution)
    time.sleep(6.5)
    events = history(local_aws, execution)
    assert [event["type"] for event in events] == [
        "ExecutionStarted", "ParallelStateEntered", "ParallelStateStarted", "WaitStateEntered",
        "ExecutionAborted",
    ]  # fmt: skip


def test_stop_in_the_middle_of_a_branchs_child_stops_the_child(local_aws: LocalAws) -> None:
    run_child = parent_of(local_aws, WAITING)["States"]["Run"]
    execution = start(local_aws, box({"Run": run_child}))
    child = child_of(local_aws, execution)
    local_aws.client("stepfunctions").stop_execution(executionArn=execution)
    assert finish(local_aws, child)["status"] == "ABORTED"


def test_time_limit_of_the_machine_ends_the_box(local_aws: LocalAws) -> None:
    ended = run(local_aws, box({"Wait": wait_state(600)}) | {"TimeoutSeconds": 1})
    assert ended["status"] == "TIMED_OUT"


def test_every_event_names_the_one_that_led_to_it(local_aws: LocalAws) -> None:
    fail = {"No": {"Type": "Fail", "Error": "TooBad", "Cause": "it is"}}
    execution = start(local_aws, box(fail))
    finish(local_aws, execution)
    events = {event["id"]: event for event in history(local_aws, execution)}
    types = {event["type"]: event for event in events.values()}
    assert list(types) == [
        "ExecutionStarted", "ParallelStateEntered", "ParallelStateStarted", "FailStateEntered",
        "ParallelStateFailed", "ParallelStateExited", "SucceedStateEntered", "SucceedStateExited",
        "ExecutionSucceeded",
    ]  # fmt: skip
    chain = []
    event = types["ParallelStateFailed"]
    while event["previousEventId"]:
        event = events[event["previousEventId"]]
        chain.append(event["type"])
    assert chain == ["FailStateEntered", "ParallelStateStarted", "ParallelStateEntered"]
    assert json.loads(types["SucceedStateExited"]["stateExitedEventDetails"]["output"])
