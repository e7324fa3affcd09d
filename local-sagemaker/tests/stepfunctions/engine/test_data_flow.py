"""What a state gets of its input, and the next state of its result."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.engine.running import end, jsonata, machine, run

GIVEN = {"a": {"b": 1}, "c": 2}


@pytest.mark.parametrize(
    ("said", "output"),
    [
        ({}, GIVEN),
        ({"InputPath": "$.a"}, {"b": 1}),
        ({"InputPath": None}, {}),
        ({"OutputPath": "$.a.b"}, 1),
        ({"OutputPath": None}, {}),
        ({"Parameters": {"x.$": "$.c"}}, {"x": 2}),
        ({"InputPath": "$.a", "Parameters": {"x.$": "$.b"}}, {"x": 1}),
        ({"Result": [1]}, [1]),
        ({"Result": {"no.$": "$.path"}}, {"no.$": "$.path"}),
        ({"Result": 3, "ResultPath": None}, GIVEN),
        ({"InputPath": "$.a", "ResultPath": "$.put"}, GIVEN | {"put": {"b": 1}}),
        ({"Result": 3, "ResultPath": "$.a.d"}, {"a": {"b": 1, "d": 3}, "c": 2}),
        ({"Result": 3, "ResultPath": "$.e", "OutputPath": "$.e"}, 3),
        ({"InputPath": "$$.Execution.Input.c"}, 2),
    ],
)
def test_paths_choose_and_put(said: dict[str, Any], output: Any) -> None:
    assert run({"A": end(**said)}, GIVEN).output == output


def test_result_selector_sees_the_result_of_a_parallel_state() -> None:
    box = {
        "Type": "Parallel",
        "Branches": [machine({"A": end(Result=1)}), machine({"B": end(Result=2)})],
        "ResultSelector": {"first.$": "$[0]", "all.$": "$"},
        "ResultPath": "$.put",
        "End": True,
    }
    assert run({"Box": box}, {"a": 0}).output == {"a": 0, "put": {"first": 1, "all": [1, 2]}}


def test_arguments_and_output_are_expressions_in_jsonata() -> None:
    box = {
        "Type": "Parallel",
        "Arguments": {"n": "{% $states.input.a + 1 %}"},
        "Branches": [machine({"A": end(Output="{% $states.input.n * 10 %}")})],
        "Output": {"was": "{% $states.input.a %}", "came": "{% $states.result[0] %}"},
        "End": True,
    }
    assert jsonata({"Box": box}, {"a": 1}).output == {"was": 1, "came": 20}


def test_context_object_tells_execution_machine_and_state() -> None:
    execution = run({"Look": end(Parameters={"found.$": "$$"})}, {"a": 1})
    found = execution.output["found"]
    assert found["Execution"] | {"StartTime": ""} == {
        "Id": "arn:aws:states:us-east-1:123456789012:execution:Machine:run",
        "Input": {"a": 1},
        "StartTime": "",
        "Name": "run",
        "RoleArn": "arn:aws:iam::123456789012:role/states",
        "RedriveCount": 0,
    }
    assert found["StateMachine"] == {
        "Id": "arn:aws:states:us-east-1:123456789012:stateMachine:Machine",
        "Name": "Machine",
    }
    assert found["State"].keys() == {"Name", "EnteredTime"}


def test_path_that_finds_nothing_fails_the_execution() -> None:
    execution = run({"A": end(InputPath="$.none")})
    assert execution.error == "States.Runtime"
    assert execution.cause == (
        "An error occurred while executing the state 'A' (entered at the event id #2). Invalid "
        "path '$.none' : No results for path: $['none']"
    )
