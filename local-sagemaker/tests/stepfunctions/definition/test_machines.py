"""What is refused of a machine as a whole: its text, its chains, and where its states lead."""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.stepfunctions.definition.faults import faults, refusal

from tests.stepfunctions.definition.machines import (
    END,
    LAMBDA,
    machine,
    one,
    processor,
    said,
    schema,
)

LOOP = {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Pass", "Next": "A"}}


def test_a_text_that_is_no_json_is_refused_with_the_place_of_its_fault() -> None:
    (fault,) = faults("not a definition")
    where = '[Source: (String)"not a definition"; line: 1, column: 4]'
    assert fault.code == "INVALID_JSON_DESCRIPTION"
    assert fault.location == where
    values = "(JSON String, Number, Array, Object or token 'null', 'true' or 'false')"
    assert fault.message == f"Unrecognized token 'not': was expecting {values}\n at {where}"


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("{'a': 1}", "Unexpected character (''' (code 39)): was expecting double-quote to start"),
        ('{"a" 1}', "Unexpected character ('1' (code 49)): was expecting a colon to separate"),
        (
            '{"a": 1 "b"}',
            "Unexpected character ('\"' (code 34)): was expecting comma to separate O",
        ),
        ('{"a": [1 2]}', "Unexpected character ('2' (code 50)): was expecting comma to separate A"),
        ('{"a": ', "Unexpected end-of-input"),
        ('{"a": NaN}', "Unrecognized token 'NaN'"),
        ("{} {}", "Unexpected character ('{' (code 123))"),
    ],
)
def test_a_broken_json_is_refused_in_the_words_of_a_java_parser(text: str, complaint: str) -> None:
    (fault,) = faults(text)
    assert fault.message.startswith(complaint)


def test_a_definition_is_not_nested_without_end() -> None:
    parameters = '{"a":' * 100_000 + "1" + "}" * 100_000
    state = f'{{"Type": "Pass", "End": true, "Parameters": {parameters}}}'
    (fault,) = faults(f'{{"StartAt": "A", "States": {{"A": {state}}}}}')
    assert fault.message.startswith("Document nesting depth exceeds the maximum allowed")


@pytest.mark.parametrize("text", ["", " ", "[]", "1", "null"])
def test_what_is_no_object_is_no_definition(text: str) -> None:
    (fault,) = faults(text)
    assert fault.message == "Definition must be a valid JSON object"
    assert fault.location is None


@pytest.mark.parametrize(
    ("definition", "message", "location"),
    [
        ({}, "These fields are required: [States, StartAt]", "/"),
        ({"States": {"A": END}}, "These fields are required: [StartAt]", "/"),
        ({"StartAt": "A"}, "These fields are required: [States]", "/"),
        ({"StartAt": "A", "States": {}}, "Value cannot be empty", "/States"),
        ({"StartAt": "A", "States": None}, "Expected value of type [OBJECT]", "/States"),
        (
            {"StartAt": "A", "States": {"A": END}, "startAt": "A"},
            "Field 'startAt' is not supported",
            "/",
        ),
        (
            {"StartAt": "A", "States": {"A": END}, "Version": "2.0"},
            "Value should be one of the following: [1.0]",
            "/Version",
        ),
        (
            {"StartAt": "A", "States": {"A": END}, "QueryLanguage": "jsonata"},
            "Value should be one of the following: [JSONPath, JSONata]",
            "/QueryLanguage",
        ),
        (
            {"StartAt": "A", "States": {"A": END}, "QueryLanguage": 5},
            "Expected value of type [STRING]",
            "/QueryLanguage",
        ),
        (
            {"StartAt": "A", "States": {"A": END}, "TimeoutSeconds": -1},
            "Minimum value is 0",
            "/TimeoutSeconds",
        ),
    ],
)
def test_a_machine_has_its_fields(definition: dict[str, Any], message: str, location: str) -> None:
    assert said(json.dumps(definition)) == schema(message, location)


@pytest.mark.parametrize(
    ("branch", "message", "location"),
    [
        ({"StartAt": "B"}, "These fields are required: [States]", "/States/A/Branches[0]"),
        (
            {"StartAt": "B", "States": {"B": END}, "QueryLanguage": "JSONata"},
            "Field 'QueryLanguage' is not supported",
            "/States/A/Branches[0]",
        ),
        (
            {"StartAt": "B", "States": {"B": END}, "TimeoutSeconds": 5},
            "Field 'TimeoutSeconds' is not supported",
            "/States/A/Branches[0]",
        ),
    ],
)
def test_a_branch_has_fewer_fields(branch: dict[str, Any], message: str, location: str) -> None:
    definition = machine(one(Type="Parallel", Branches=[branch]))
    assert said(definition) == schema(message, location)


def test_a_parallel_state_has_branches() -> None:
    empty = machine(one(Type="Parallel", Branches=[]))
    assert said(empty) == schema("Value cannot be empty", "/States/A/Branches")


@pytest.mark.parametrize("field", ["ItemProcessor", "Iterator"])
def test_an_item_processor_speaks_no_language_of_its_own(field: str) -> None:
    definition = machine(one(Type="Map", **{field: processor({"B": END}, QueryLanguage="JSONata")}))
    assert said(definition) == schema(
        "Field 'QueryLanguage' is not supported", f"/States/A/{field}"
    )


def test_a_machine_must_be_able_to_end() -> None:
    assert said(machine(LOOP)) == ["MISSING_END_STATE: Workflow has no terminal state at null"]


def test_without_an_end_no_state_is_told_to_be_out_of_reach() -> None:
    lost = {**LOOP, "C": {"Type": "Pass", "Next": "A"}}
    assert said(machine(lost)) == ["MISSING_END_STATE: Workflow has no terminal state at null"]


def test_an_end_that_is_out_of_reach_is_an_end() -> None:
    assert said(machine({**LOOP, "C": END})) == [
        'MISSING_TRANSITION_TARGET: State "C" is not reachable. at /States/C'
    ]


def test_a_missing_target_is_told_before_the_missing_end() -> None:
    assert said(machine({"A": {"Type": "Pass", "Next": "NOPE"}})) == [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: NOPE at /States/A/Next",
        "MISSING_END_STATE: Workflow has no terminal state at null",
    ]


def test_an_item_processor_may_loop_for_ever() -> None:
    loop = {"B": {"Type": "Pass", "Next": "C"}, "C": {"Type": "Pass", "Next": "B"}}
    assert said(machine(one(Type="Map", ItemProcessor=processor(loop)))) == []


CATCH = [{"ErrorEquals": ["States.ALL"], "Next": "Ghost"}]
CHOICES = [{"Variable": "$.x", "IsPresent": True, "Next": "Ghost"}]


@pytest.mark.parametrize(
    ("state", "place"),
    [
        ({"Type": "Task", "Resource": LAMBDA, "Catch": CATCH, "Next": "Z"}, "Catch[0]/Next"),
        ({"Type": "Choice", "Choices": CHOICES, "Default": "Z"}, "Choices[0]/Next"),
        (
            {"Type": "Choice", "Choices": [{**CHOICES[0], "Next": "Z"}], "Default": "Ghost"},
            "Default",
        ),
    ],
)
def test_every_way_out_of_a_state_is_called_next(state: dict[str, Any], place: str) -> None:
    if state["Type"] == "Task":
        state = {**state, "Parameters": {"FunctionName": "f"}}
    assert said(machine({"A": state, "Z": END})) == [
        f"MISSING_TRANSITION_TARGET: Missing 'Next' target: Ghost at /States/A/{place}"
    ]


def test_from_a_start_that_is_not_there_nothing_is_reached() -> None:
    assert said(json.dumps({"StartAt": "Nope", "States": {"A": END}})) == [
        "MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt",
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A',
    ]


def test_states_within_a_state_must_be_reached_too() -> None:
    inner = {"B": END, "Ghost": END}
    branches = [{"StartAt": "B", "States": inner}]
    assert said(machine(one(Type="Parallel", Branches=branches))) == [
        "MISSING_TRANSITION_TARGET: "
        'State "Ghost" is not reachable. at /States/A/Branches[0]/States/Ghost'
    ]


def test_a_branch_leads_to_none_of_the_states_around_it() -> None:
    branch = {"StartAt": "B", "States": {"B": {"Type": "Pass", "Next": "A"}}}
    found = said(machine(one(Type="Parallel", Branches=[branch])))
    place = "/States/A/Branches[0]/States/B/Next"
    assert found == [f"MISSING_TRANSITION_TARGET: Missing 'Next' target: A at {place}"]


def test_a_state_has_its_name_alone_in_the_whole_machine() -> None:
    branches = [{"StartAt": "B", "States": {"B": END}}, {"StartAt": "B", "States": {"B": END}}]
    assert said(machine(one(Type="Parallel", Branches=branches))) == [
        "DUPLICATE_STATE_NAME: Duplicate State name: B at /States/A/Branches[1]/States/B"
    ]


def test_a_name_has_at_most_80_characters() -> None:
    assert said(machine({"n" * 80: END})) == []
    (found,) = said(machine({"n" * 81: END}))
    assert found.startswith(f"INVALID_STATE_NAME: Invalid State name: '{'n' * 81}'")


def test_faults_are_told_in_one_sentence() -> None:
    found = faults(json.dumps({"StartAt": "Nope", "States": {"A": END}}))
    assert refusal(found) == (
        "Invalid State Machine Definition: "
        "'MISSING_TRANSITION_TARGET: Missing 'Next' target: Nope at /StartAt, "
        'MISSING_TRANSITION_TARGET: State "A" is not reachable. at /States/A\''
    )


def test_what_looks_like_a_path_and_is_none_is_warned_of() -> None:
    definition = machine(
        {
            "A": {"Type": "Pass", "Parameters": {"a": "$.b", "c": "States.UUID()"}, "Next": "B"},
            "B": {"Type": "Pass", "Result": "$.b", "Next": "C"},
            "C": {"Type": "Fail", "Error": "$.error"},
        }
    )
    found = [(fault.severity, fault.code, fault.location) for fault in faults(definition)]
    assert found == [
        ("WARNING", "NO_DOLLAR", "/States/A/Parameters/a"),
        ("WARNING", "NO_DOLLAR", "/States/A/Parameters/c"),
        ("WARNING", "PASS_RESULT_IS_STATIC", "/States/B/Result"),
        ("WARNING", "NO_PATH", "/States/C/Error"),
    ]
