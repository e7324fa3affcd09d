"""Which events follow which, as AWS recorded them."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks import run as tasks
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

from tests.stepfunctions.engine.running import chain, details, end, fail, jsonata, machine, run

BOX = {"Type": "Parallel", "Branches": [machine({"No": fail()})], "End": True}


def test_states_follow_each_other() -> None:
    assert chain(run({"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}})) == [
        "1<0 ExecutionStarted",
        "2<0 PassStateEntered",
        "3<2 PassStateExited",
        "4<3 SucceedStateEntered",
        "5<4 SucceedStateExited",
        "6<5 ExecutionSucceeded",
    ]


def test_start_and_end_tell_input_role_and_output() -> None:
    execution = run({"A": end()}, {"a": "ü"})
    (begun,) = details(execution, "ExecutionStarted")
    assert begun == {
        "input": '{"a":"ü"}',
        "inputDetails": {"truncated": False},
        "roleArn": "arn:aws:iam::123456789012:role/states",
    }
    (over,) = details(execution, "ExecutionSucceeded")
    assert over == {"output": '{"a":"ü"}', "outputDetails": {"truncated": False}}


def test_fail_state_is_entered_and_the_execution_has_failed() -> None:
    execution = run({"No": {"Type": "Fail"}})
    assert chain(execution)[1:] == ["2<0 FailStateEntered", "3<2 ExecutionFailed"]
    assert details(execution, "ExecutionFailed") == [{}]


def test_failed_branch_fails_the_parallel_state() -> None:
    assert chain(run({"Box": BOX}))[1:] == [
        "2<0 ParallelStateEntered",
        "3<2 ParallelStateStarted",
        "4<3 FailStateEntered",
        "5<4 ParallelStateFailed",
        "6<5 ExecutionFailed",
    ]


def test_each_retry_of_a_parallel_state_starts_it_anew() -> None:
    retry = [{"ErrorEquals": ["Bad"], "MaxAttempts": 1}]
    assert chain(run({"Box": BOX | {"Retry": retry}}))[2:] == [
        "3<2 ParallelStateStarted",
        "4<3 FailStateEntered",
        "5<4 ParallelStateStarted",
        "6<5 FailStateEntered",
        "7<6 ParallelStateFailed",
        "8<7 ExecutionFailed",
    ]


def test_caught_failure_is_the_output_of_the_state() -> None:
    catch = [{"ErrorEquals": ["States.ALL"], "Next": "Caught"}]
    execution = run({"Box": BOX | {"Catch": catch}, "Caught": end()})
    assert chain(execution)[4:6] == ["5<4 ParallelStateFailed", "6<5 ParallelStateExited"]
    assert execution.output == {"Error": "Bad", "Cause": "it is"}


def test_iterations_one_at_a_time_follow_each_other() -> None:
    each = {"Type": "Map", "MaxConcurrency": 1, "ItemProcessor": machine({"A": end()}), "End": True}
    assert chain(run({"Each": each}, [1, 2]))[1:] == [
        "2<0 MapStateEntered",
        "3<2 MapStateStarted",
        "4<3 MapIterationStarted",
        "5<4 PassStateEntered",
        "6<5 PassStateExited",
        "7<6 MapIterationSucceeded",
        "8<6 MapIterationStarted",
        "9<8 PassStateEntered",
        "10<9 PassStateExited",
        "11<10 MapIterationSucceeded",
        "12<11 MapStateSucceeded",
        "13<11 MapStateExited",
        "14<13 ExecutionSucceeded",
    ]


def test_failed_iteration_fails_the_map() -> None:
    each = {"Type": "Map", "ItemProcessor": machine({"No": fail()}), "End": True}
    execution = run({"Each": each}, ["only"])
    assert chain(execution)[3:] == [
        "4<3 MapIterationStarted",
        "5<4 FailStateEntered",
        "6<5 MapIterationFailed",
        "7<5 MapStateFailed",
        "8<7 ExecutionFailed",
    ]
    assert details(execution, "MapIterationFailed") == [{"index": 0, "name": "Each"}]


def test_expression_that_fails_follows_what_is_before_its_state() -> None:
    states = {"A": {"Type": "Pass", "Next": "B"}, "B": end(Output="{% $nothing %}")}
    execution = jsonata(states)
    assert chain(execution)[3:] == [
        "4<3 PassStateEntered",
        "5<3 EvaluationFailed",
        "6<5 ExecutionFailed",
    ]
    cause = (
        "An error occurred while executing the state 'B' (entered at the event id #4). The JSONata "
        "expression '$nothing' specified for the field 'Output' returned nothing (undefined)."
    )
    assert details(execution, "EvaluationFailed") == [
        {
            "error": "States.QueryEvaluationError",
            "cause": cause,
            "location": "Output",
            "state": "B",
        }
    ]
    assert (execution.error, execution.cause) == ("States.QueryEvaluationError", cause)


def test_failed_task_in_a_branch_is_aborted_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(request: TaskRequest) -> Any:
        request.record("TaskScheduled", resource="invoke")
        raise StateFailed("Bad", None, "TaskFailed", {"resource": "invoke"})

    monkeypatch.setattr(tasks, "run", refuse)
    task = {"Type": "Task", "Resource": "arn:aws:states:::lambda:invoke", "End": True}
    box = {"Type": "Parallel", "Branches": [machine({"Ask": task})], "End": True}
    execution = run({"Box": box})
    assert chain(execution)[3:] == [
        "4<3 TaskStateEntered",
        "5<4 TaskScheduled",
        "6<5 TaskFailed",
        "7<6 TaskStateAborted",
        "8<6 ParallelStateFailed",
        "9<8 ExecutionFailed",
    ]
    assert details(execution, "TaskFailed") == [{"error": "Bad", "resource": "invoke"}]
