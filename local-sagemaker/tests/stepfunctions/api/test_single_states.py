"""TestState: a state alone, as recorded on AWS."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import ECHO, ROLE, refusal
from tests.stepfunctions.api.single_states import (
    FAILING,
    LAMBDA,
    MAP,
    PASS,
    PROCESSOR,
    VALUES,
    answer_of,
    mock,
)


def test_a_state_is_run_without_a_machine(sfn: Any) -> None:
    assert answer_of(sfn, PASS, {"a": 1}) == {"status": "SUCCEEDED", "output": {"a": 1}}


def test_a_state_may_lead_to_one_that_is_not_there(sfn: Any) -> None:
    answer = answer_of(sfn, {"Type": "Pass", "Next": "Elsewhere"})
    assert answer == {"status": "SUCCEEDED", "output": {}, "nextState": "Elsewhere"}


def test_a_state_is_found_in_its_machine_however_deep(sfn: Any) -> None:
    machine = {"StartAt": "M", "States": {"M": {**MAP, "ItemProcessor": PROCESSOR}}}
    assert answer_of(sfn, machine, {"a": 1}, stateName="Inner")["output"] == {"a": 1}
    found = refusal(lambda: answer_of(sfn, ECHO, stateName="Nobody"))
    assert found == ("ValidationException", "State not found in definition")


def test_a_faulty_state_is_refused(sfn: Any) -> None:
    code, message = refusal(lambda: answer_of(sfn, {"Type": "X", "End": True}))
    assert code == "InvalidDefinition"
    assert message.endswith("Parallel, Map] at /States/StateName/Type'")


@pytest.mark.parametrize("level", ["DEBUG", "TRACE"])
def test_an_inspection_shows_how_data_change(sfn: Any, level: str) -> None:
    state = {
        "Type": "Pass",
        "InputPath": "$.a",
        "Parameters": {"b.$": "$"},
        "ResultPath": "$.c",
        "End": True,
    }
    answer = answer_of(sfn, state, {"a": 1}, inspectionLevel=level)
    assert answer["inspectionData"] == {
        "input": {"a": 1},
        "afterInputPath": 1,
        "afterParameters": {"b": 1},
        "afterResultSelector": {"b": 1},
        "afterResultPath": {"a": 1, "c": {"b": 1}},
    }


def test_a_failed_state_says_so(sfn: Any) -> None:
    state = {"Type": "Fail", "Error": "Late", "Cause": "it is Sunday"}
    assert answer_of(sfn, state) == {"status": "FAILED", "error": "Late", "cause": "it is Sunday"}


def test_variables_are_given_and_told(sfn: Any) -> None:
    state = {
        "Type": "Pass",
        "QueryLanguage": "JSONata",
        "Output": "{% $a + 1 %}",
        "Assign": {"b": 2},
        "End": True,
    }
    answer = answer_of(sfn, state, variables='{"a": 1}', inspectionLevel="DEBUG")
    assert answer["output"] == 2
    assert answer["inspectionData"]["variables"] == {"a": 1, "b": 2}


def test_a_task_needs_a_role_or_a_mock(sfn: Any) -> None:
    found = refusal(lambda: answer_of(sfn, LAMBDA, {"name": "f"}))
    assert found == ("ValidationException", "RoleArn must be specified when testing a Task state")
    answer = answer_of(sfn, LAMBDA, {"name": "f"}, mock=mock({"Payload": "p"}))
    assert answer == {"status": "SUCCEEDED", "output": {"Payload": "p"}}


def test_a_task_does_its_work_with_a_role(sfn: Any) -> None:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:sfn:listStateMachines",
        "Parameters": {},
        "End": True,
    }
    assert "StateMachines" in answer_of(sfn, state, roleArn=ROLE)["output"]


def test_a_failure_is_caught(sfn: Any) -> None:
    catch = [
        {"ErrorEquals": ["Other"], "Next": "X"},
        {"ErrorEquals": ["Late"], "ResultPath": "$.error", "Next": "Handle"},
    ]
    state = {**LAMBDA, "Catch": catch}
    answer = answer_of(sfn, state, {"name": "f"}, mock=FAILING, inspectionLevel="DEBUG")
    assert answer["inspectionData"].pop("errorDetails") == {"catchIndex": 1}
    del answer["inspectionData"]
    assert answer == {
        "status": "CAUGHT_ERROR",
        "error": "Late",
        "cause": "it is Sunday",
        "nextState": "Handle",
        "output": {"name": "f", "error": {"Error": "Late", "Cause": "it is Sunday"}},
    }


@pytest.mark.parametrize(
    ("before", "status", "details"),
    [
        (4, "RETRIABLE", {"retryIndex": 0, "retryBackoffIntervalSeconds": 16}),
        (5, "FAILED", {"retryIndex": 0}),
    ],
)
def test_a_failure_is_tried_again_until_its_attempts_are_used_up(
    sfn: Any, before: int, status: str, details: dict[str, Any]
) -> None:
    retry = {"ErrorEquals": ["Late"], "IntervalSeconds": 1, "MaxAttempts": 5, "BackoffRate": 2.0}
    answer = answer_of(
        sfn,
        {**LAMBDA, "Retry": [retry]},
        {"name": "f"},
        mock=FAILING,
        inspectionLevel="DEBUG",
        stateConfiguration={"retrierRetryCount": before},
    )
    assert (answer["status"], answer["inspectionData"]["errorDetails"]) == (status, details)


@pytest.mark.parametrize(
    ("fields", "failed", "status"),
    [
        ({}, 2, "SUCCEEDED"),
        ({"ToleratedFailureCount": 1}, 1, "SUCCEEDED"),
        ({"ToleratedFailureCount": 1}, 2, "FAILED"),
        ({"ToleratedFailurePercentage": 50}, 2, "FAILED"),
    ],
)
def test_a_map_tolerates_failed_iterations(
    sfn: Any, fields: dict[str, Any], failed: int, status: str
) -> None:
    answer = answer_of(
        sfn,
        MAP | fields,
        VALUES,
        mock=mock([0, 0, 1]),
        stateConfiguration={"mapIterationFailureCount": failed},
    )
    assert answer["status"] == status
    if status == "FAILED":
        assert answer["error"] == "States.ExceedToleratedFailureThreshold"
        assert answer["cause"] == "The specified tolerated failure threshold was exceeded"


@pytest.mark.parametrize(
    ("configuration", "given", "message"),
    [
        (
            {"mapIterationFailureCount": 4},
            {"mock": mock([1, 1, 1])},
            "Map iteration failure count must be less than or equal to the number of Map "
            "iterations",
        ),
        (
            {"mapIterationFailureCount": 0},
            {},
            "TestState does not support MapIterationFailureCount when a mock is not specified.",
        ),
        (
            {"errorCausedByState": "Nobody"},
            {"mock": FAILING},
            "State 'Nobody' is not within the tested state",
        ),
    ],
)
def test_iterations_that_are_not_there_do_not_fail(
    sfn: Any, configuration: dict[str, Any], given: dict[str, Any], message: str
) -> None:
    found = refusal(lambda: answer_of(sfn, MAP, VALUES, stateConfiguration=configuration, **given))
    assert found == ("ValidationException", message)


def test_a_map_shows_its_items(sfn: Any) -> None:
    state = {
        "Type": "Map",
        "ItemsPath": "$.values",
        "ItemSelector": {"v.$": "$$.Map.Item.Value"},
        "ItemBatcher": {"MaxItemsPerBatch": 2},
        "ItemProcessor": PROCESSOR,
        "End": True,
    }
    answer = answer_of(sfn, state, VALUES, mock=mock([1, 2]), inspectionLevel="DEBUG")
    data = answer["inspectionData"]
    assert data["afterItemsPath"] == [1, 2, 3]
    assert data["afterItemSelector"] == [{"v": 1}, {"v": 2}, {"v": 3}]
    assert data["afterItemBatcher"] == [{"Items": [{"v": 1}, {"v": 2}]}, {"Items": [{"v": 3}]}]
    assert data["maxConcurrency"] == 0


def test_items_of_a_reader_are_given(sfn: Any) -> None:
    reader = {"Resource": "arn:aws:states:::s3:getObject", "Arguments": {"Bucket": "b", "Key": "k"}}
    state = {**MAP, "ItemReader": reader}
    del state["Items"]
    answer = answer_of(
        sfn,
        state,
        mock=mock([1, 4]),
        stateConfiguration={"mapItemReaderData": "[1, 2]", "mapIterationFailureCount": 2},
    )
    assert answer == {"status": "SUCCEEDED", "output": [1, 4]}


def test_items_of_a_reader_are_where_its_pointer_leads(sfn: Any) -> None:
    config = {"InputType": "JSON", "ItemsPointer": "/orders"}
    reader = {"Resource": "arn:aws:states:::s3:getObject", "ReaderConfig": config}
    reader["Parameters"] = {"Bucket": "b", "Key": "k"}
    processor = {
        "ProcessorConfig": {"Mode": "DISTRIBUTED", "ExecutionType": "STANDARD"},
        "StartAt": "One",
        "States": {"One": {"Type": "Pass", "End": True}},
    }
    state = {"Type": "Map", "ItemReader": reader, "ItemProcessor": processor, "End": True}
    data = {"mapItemReaderData": '{"orders": [1, 2]}'}
    seen = answer_of(
        sfn, state, mock=mock([1, 2]), stateConfiguration=data, inspectionLevel="DEBUG"
    )["inspectionData"]
    assert seen["afterItemsPointer"] == [1, 2]
    data = {"mapItemReaderData": '{"other": []}'}
    words = "MapItemReaderData: The ItemsPointer '/orders' was not found."
    assert refusal(lambda: answer_of(sfn, state, mock=mock([1, 2]), stateConfiguration=data)) == (
        "ValidationException",
        words,
    )


def test_a_context_object_is_given(sfn: Any) -> None:
    state = {**LAMBDA, "ResultSelector": {"context.$": "$$"}}
    context = {"Execution": {"Input": {"a": 1}}, "State": {}}
    answer = answer_of(
        sfn, state, {"name": "f"}, context=json.dumps(context), mock=mock({"Payload": "p"})
    )
    assert answer["output"] == {"context": context}


@pytest.mark.parametrize(
    ("context", "reason"),
    [
        ({"Map": {}}, "'Map' field is not supported when mocking a Context object"),
        ({"Weather": {}}, "Field 'Weather' is not allowed"),
        ({"Execution": {"mood": "good"}}, "Field 'mood' is not allowed"),
        ({"Execution": {"Id": 1}}, "Execution.Id must be a string"),
        (
            {"Task": {"Token": "t"}},
            "Context object contains 'Task' when state is not a Task state with a '.sync' or "
            "'.waitForTaskToken' service integration pattern",
        ),
    ],
)
def test_a_context_object_has_its_fields(sfn: Any, context: Any, reason: str) -> None:
    text = json.dumps(context)
    found = refusal(lambda: answer_of(sfn, LAMBDA, {"name": "f"}, context=text, mock=mock({})))
    assert found == ("ValidationException", f"Invalid Context object provided: {reason}")


def test_a_task_that_waits_has_a_token(sfn: Any) -> None:
    state = {
        **LAMBDA,
        "Resource": "arn:aws:states:::lambda:invoke.waitForTaskToken",
        "Parameters": {"FunctionName": "f", "Payload": {"token.$": "$$.Task.Token"}},
    }
    answer = answer_of(sfn, state, mock=mock({"any": "thing"}), inspectionLevel="DEBUG")
    assert answer["inspectionData"]["afterParameters"]["Payload"]["token"]
    context = json.dumps({"Task": {"Token": "abc"}})
    answer = answer_of(
        sfn, state, mock=mock({"any": "thing"}), context=context, inspectionLevel="DEBUG"
    )
    assert answer["inspectionData"]["afterParameters"]["Payload"] == {"token": "abc"}
