"""What is caught, by which name, and what the next state gets of it."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.engine.running import details, end, fail, jsonata, machine, run

LONG = end(Result="x" * 300_000)


def box(state: dict[str, Any], *catchers: dict[str, Any], **more: Any) -> dict[str, Any]:
    inner = {"Type": "Parallel", "Branches": [machine({"Do": state})], "End": True}
    return {"Box": inner | {"Catch": list(catchers)} | more, "Caught": end()}


def catch(*names: str, **more: Any) -> dict[str, Any]:
    return {"ErrorEquals": list(names), "Next": "Caught", **more}


@pytest.mark.parametrize("name", ["Bad", "States.ALL", "States.TaskFailed"])
def test_error_is_caught_by_its_name_and_by_the_wild_ones(name: str) -> None:
    execution = run(box(fail(), catch("Other"), catch(name)))
    assert execution.output == {"Error": "Bad", "Cause": "it is"}


@pytest.mark.parametrize("name", ["States.ALL", "States.TaskFailed", "States.Runtime"])
def test_runtime_error_is_caught_by_nothing(name: str) -> None:
    execution = run(box(end(InputPath="$.none"), catch(name)))
    assert (execution.status, execution.error) == ("FAILED", "States.Runtime")


@pytest.mark.parametrize("name", ["States.ALL", "States.TaskFailed"])
def test_too_much_data_is_not_caught_by_the_wild_names(name: str) -> None:
    execution = run(box(LONG, catch(name)))
    assert execution.error == "States.DataLimitExceeded"
    assert execution.cause == (
        "The state/task 'Do' returned a result with a size exceeding the maximum number of bytes "
        "service limit."
    )


def test_too_much_data_is_caught_by_its_own_name() -> None:
    execution = run(box(LONG, catch("States.ALL"), catch("States.DataLimitExceeded")))
    assert execution.output["Error"] == "States.DataLimitExceeded"


def test_time_out_is_no_failed_task() -> None:
    execution = run(box(fail("States.Timeout"), catch("States.TaskFailed")))
    assert (execution.status, execution.error) == ("FAILED", "States.Timeout")


def test_result_path_keeps_the_input_and_output_path_does_not_matter() -> None:
    states = box(fail(), catch("States.ALL", ResultPath="$.error"), OutputPath="$.none")
    assert run(states, {"a": 1}).output == {"a": 1, "error": {"Error": "Bad", "Cause": "it is"}}


def test_result_path_null_gives_the_input() -> None:
    assert run(box(fail(), catch("States.ALL", ResultPath=None)), {"a": 1}).output == {"a": 1}


def test_error_without_a_cause_has_an_empty_one() -> None:
    assert run(box(fail(cause=None), catch("States.ALL"))).output == {"Error": "Bad", "Cause": ""}


def test_neither_error_nor_cause_are_null() -> None:
    execution = run(box({"Type": "Fail"}, catch("States.ALL")))
    assert execution.output == {"Error": None, "Cause": None}


def test_catch_assigns_what_it_was_given() -> None:
    execution = run(box(fail(), catch("States.ALL", Assign={"why.$": "$.Cause"})))
    assert details(execution, "ParallelStateExited")[0]["assignedVariables"] == {"why": '"it is"'}


def test_output_of_a_catch_is_an_expression_in_jsonata() -> None:
    output = {"was": "{% $states.errorOutput.Error %}", "of": "{% $states.input.a %}"}
    execution = jsonata(box(fail(), catch("States.ALL", Output=output)), {"a": 1})
    assert execution.output == {"was": "Bad", "of": 1}


def test_a_catch_that_fails_is_told_with_its_own_failure() -> None:
    execution = jsonata(box(fail(), catch("States.ALL", Output="{% $none %}")))
    (told,) = details(execution, "EvaluationFailed")
    assert execution.error == told["error"] == "States.QueryEvaluationError"
    assert (
        execution.cause
        == told["cause"]
        == (
            "An error occurred while executing the state 'Box' (entered at the event id #2). The "
            "JSONata expression '$none' specified for the field 'Catch[0]/Output' returned nothing "
            "(undefined)."
        )
    )
