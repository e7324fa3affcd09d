"""TestState with a mock in place of the work: as recorded on AWS."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.api.machines import ROLE, refusal
from tests.stepfunctions.api.single_states import (
    FAILING,
    LAMBDA,
    MAP,
    PASS,
    VALUES,
    answer_of,
    mock,
)

START = {
    "Type": "Task",
    "QueryLanguage": "JSONata",
    "Resource": "arn:aws:states:::states:startExecution",
    "Arguments": {"StateMachineArn": "{% $states.input.machine %}"},
    "End": True,
}
PARALLEL = {
    "Type": "Parallel",
    "Branches": [{"StartAt": name, "States": {name: PASS}} for name in ("B", "C")],
    "End": True,
}


def test_what_only_aws_runs_is_tested_with_a_mock(sfn: Any) -> None:
    state = {
        "Type": "Task",
        "Resource": "arn:aws:states:::http:invoke",
        "Parameters": {"Method": "GET"},
        "End": True,
    }
    assert answer_of(sfn, state, mock=mock({"a": 1}))["output"] == {"a": 1}
    code, message = refusal(lambda: answer_of(sfn, state, roleArn=ROLE))
    assert code == "InvalidDefinition"
    assert "Local AWS does not run arn:aws:states:::http:invoke" in message


@pytest.mark.parametrize(
    ("state", "given", "message"),
    [
        (PASS, mock(1), "State type 'Pass' is not supported when a mock is specified"),
        (LAMBDA, {"result": "{"}, "Mocked result must be valid JSON"),
        (
            LAMBDA,
            {**mock({}), **FAILING},
            "A test mock should have only one of the following fields: [result, errorOutput].",
        ),
        (MAP, mock({}), "Mocked result must be an array."),
        (
            {
                **MAP,
                "ResultWriter": {
                    "Resource": "arn:aws:states:::s3:putObject",
                    "Arguments": {"Bucket": "b"},
                },
            },
            mock([]),
            "Mocked result must be a JSON object.",
        ),
        (
            PARALLEL,
            mock([1]),
            "Mocked result must contain the same number of items as number of Parallel branches.",
        ),
    ],
)
def test_a_mock_fits_its_state(sfn: Any, state: Any, given: dict[str, Any], message: str) -> None:
    found = refusal(lambda: answer_of(sfn, state, VALUES, mock=given))
    assert found == ("ValidationException", message)


def test_a_mock_has_no_secrets(sfn: Any) -> None:
    found = refusal(lambda: answer_of(sfn, LAMBDA, mock=mock({}), revealSecrets=True))
    message = "TestState does not support RevealSecrets when a mock is specified."
    assert found == ("ValidationException", message)


@pytest.mark.parametrize("state", [MAP, PARALLEL])
def test_states_with_states_inside_need_a_mock(sfn: Any, state: Any) -> None:
    code, message = refusal(lambda: answer_of(sfn, state, VALUES))
    assert code == "InvalidDefinition"
    assert message.startswith("TestState API does not support Map or Parallel states.")


@pytest.mark.parametrize(
    ("result", "mode", "fault"),
    [
        ({}, "STRICT", "Required field 'ExecutionArn' is missing"),
        ({"executionArn": "a", "startDate": "d"}, "STRICT", "Required field 'ExecutionArn' is mis"),
        ({"ExecutionArn": "a", "StartDate": 1}, "STRICT", "Field 'StartDate' must be a string"),
        ({"StartDate": True}, "PRESENT", "Field 'StartDate' must be a string"),
        ({"ExecutionArn": 1}, "PRESENT", "Field 'ExecutionArn' must be a string"),
    ],
)
def test_a_mocked_result_is_one_of_the_api(sfn: Any, result: Any, mode: str, fault: str) -> None:
    given = {**mock(result), "fieldValidationMode": mode}
    code, message = refusal(lambda: answer_of(sfn, START, {"machine": "m"}, mock=given))
    assert code == "ValidationException"
    assert message.startswith(f"Mock result schema validation error: {fault}")


@pytest.mark.parametrize(("mode", "result"), [("PRESENT", {"More": 1}), ("NONE", {"StartDate": 1})])
def test_a_mocked_result_may_be_checked_less(sfn: Any, mode: str, result: Any) -> None:
    given = {**mock(result), "fieldValidationMode": mode}
    assert answer_of(sfn, START, {"machine": "m"}, mock=given)["output"] == result


@pytest.mark.parametrize(
    ("service", "action", "result", "fault"),
    [
        ("kms", "encrypt", {"CiphertextBlob": 1}, "Field 'CiphertextBlob' must be a string"),
        (
            "kms",
            "encrypt",
            {"CiphertextBlob": ""},
            "Field 'CiphertextBlob' is smaller than the minimum length",
        ),
        (
            "lambda",
            "getFunction",
            {"Configuration": {"MemorySize": 127}},
            "Field 'MemorySize' is less than the minimum value",
        ),
        (
            "s3",
            "getObject",
            {"StorageClass": "Papyrus"},
            "Field 'StorageClass' is not an expected value",
        ),
        ("s3", "getObject", {"ContentLength": "1"}, "Field 'ContentLength' must be a number"),
        ("sfn", "listStateMachines", {"StateMachines": {}}, "Field 'StateMachines' must be an arr"),
    ],
)
def test_members_of_a_mocked_result_are_of_their_kind(
    sfn: Any, service: str, action: str, result: Any, fault: str
) -> None:
    resource = f"arn:aws:states:::aws-sdk:{service}:{action}"
    state = {"Type": "Task", "Resource": resource, "Parameters": {}, "End": True}
    _, message = refusal(lambda: answer_of(sfn, state, mock=mock(result)))
    assert message.startswith(f"Mock result schema validation error: {fault}")
