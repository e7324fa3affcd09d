"""ValidateStateMachineDefinition: faults as diagnostics; CreateStateMachine says the same."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.stepfunctions.api.machines import ECHO, create, refusal

UNREACHED = {
    "StartAt": "A",
    "States": {name: {"Type": "Pass", "End": True} for name in ("A", "B", "C")},
}


def validated(sfn: Any, definition: Any, **more: Any) -> dict[str, Any]:
    text = definition if isinstance(definition, str) else json.dumps(definition)
    answer: dict[str, Any] = sfn.validate_state_machine_definition(definition=text, **more)
    return {name: answer[name] for name in ("result", "diagnostics", "truncated")}


def test_a_right_definition_has_no_diagnostics(sfn: Any) -> None:
    assert validated(sfn, ECHO) == {"result": "OK", "diagnostics": [], "truncated": False}


def test_a_fault_has_a_code_a_message_and_a_place(sfn: Any) -> None:
    assert validated(sfn, {}) == {
        "result": "FAIL",
        "diagnostics": [
            {
                "severity": "ERROR",
                "code": "SCHEMA_VALIDATION_FAILED",
                "message": "These fields are required: [States, StartAt]",
                "location": "/",
            }
        ],
        "truncated": False,
    }


def test_a_text_without_an_object_has_no_place(sfn: Any) -> None:
    (diagnostic,) = validated(sfn, " ")["diagnostics"]
    assert diagnostic == {
        "severity": "ERROR",
        "code": "SCHEMA_VALIDATION_FAILED",
        "message": "Definition must be a valid JSON object",
    }


def test_an_express_machine_is_held_to_its_own_rules(sfn: Any) -> None:
    task = {
        "Type": "Task",
        "Resource": "arn:aws:states:::states:startExecution.sync",
        "Parameters": {"StateMachineArn": "m"},
        "End": True,
    }
    definition = {"StartAt": "A", "States": {"A": task}}
    assert validated(sfn, definition)["result"] == "OK"
    assert validated(sfn, definition, type="EXPRESS")["result"] == "FAIL"


@pytest.mark.parametrize(("most", "told", "truncated"), [(0, 2, False), (1, 1, True)])
def test_of_many_diagnostics_the_first_are_told(
    sfn: Any, most: int, told: int, truncated: bool
) -> None:
    answer = validated(sfn, UNREACHED, maxResults=most)
    assert (len(answer["diagnostics"]), answer["truncated"]) == (told, truncated)


def test_warnings_are_told_to_who_asks(sfn: Any) -> None:
    state = {"Type": "Pass", "Result": "$.a", "End": True}
    definition = {"StartAt": "A", "States": {"A": state}}
    assert validated(sfn, definition)["diagnostics"] == []
    answer = validated(sfn, definition, severity="WARNING")
    assert answer["result"] == "OK"
    assert [each["code"] for each in answer["diagnostics"]] == ["PASS_RESULT_IS_STATIC"]


def test_create_state_machine_tells_all_faults_in_one_message(sfn: Any) -> None:
    code, message = refusal(lambda: create(sfn, UNREACHED))
    assert code == "InvalidDefinition"
    assert message == (
        "Invalid State Machine Definition: "
        '\'MISSING_TRANSITION_TARGET: State "B" is not reachable. at /States/B, '
        'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C\''
    )


def test_update_state_machine_refuses_a_definition_too(sfn: Any) -> None:
    arn = create(sfn)["stateMachineArn"]
    code, _ = refusal(lambda: sfn.update_state_machine(stateMachineArn=arn, definition="{}"))
    assert code == "InvalidDefinition"
