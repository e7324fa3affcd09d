"""What is refused of a state's fields."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.definition.machines import END, machine, one, said, schema

TYPES = "[Task, Wait, Pass, Succeed, Fail, Choice, Parallel, Map]"
NEXT_END = "[Next, End]"
WAITS = "[SecondsPath, Seconds, TimestampPath, Timestamp]"


@pytest.mark.parametrize(
    ("state", "message", "location"),
    [
        ({"Type": "X"}, f"The field 'Type' should have one of these values: {TYPES}", "/Type"),
        ({}, "These fields are required: [Type]", ""),
        ({"Type": "Pass", "TimeoutSeconds": 5}, "Field 'TimeoutSeconds' is not supported", ""),
        ({"Type": "Pass", "Catch": []}, "Field 'Catch' is not supported", ""),
        ({"Type": "Wait", "Seconds": 1, "Retry": []}, "Field 'Retry' is not supported", ""),
        ({"Type": "Succeed"}, "Field 'End' is not supported", ""),
        ({"Type": "Fail"}, "Field 'End' is not supported", ""),
        ({"Type": "Pass", "resultPath": "$"}, "Field 'resultPath' is not supported", ""),
        ({"Type": "Task"}, "These fields are required: [Resource]", ""),
        ({"Type": "Parallel"}, "These fields are required: [Branches]", ""),
        ({"Type": "Pass", "Comment": 1}, "Expected value of type [STRING]", "/Comment"),
        (
            {"Type": "Pass", "End": False},
            f"This object should have only one of the following fields: {NEXT_END}",
            "",
        ),
        (
            {"Type": "Pass", "End": True, "Next": "A"},
            f"There should only be one of the following fields: {NEXT_END}",
            "",
        ),
        (
            {"Type": "Wait"},
            f"This object should have only one of the following fields: {WAITS}",
            "",
        ),
        (
            {"Type": "Wait", "Seconds": 1, "Timestamp": "2030-01-01T00:00:00Z"},
            f"There should only be one of the following fields: {WAITS}",
            "",
        ),
        ({"Type": "Wait", "Seconds": -1}, "Minimum value is 0", "/Seconds"),
        ({"Type": "Wait", "Seconds": 100_000_000}, "Maximum value is 99999999", "/Seconds"),
        ({"Type": "Wait", "Seconds": "1"}, "Expected value of type Integer", "/Seconds"),
        ({"Type": "Wait", "Seconds": True}, "Expected value of type Integer", "/Seconds"),
        ({"Type": "Pass", "InputPath": "a"}, "Value must be a valid JSONPath.", "/InputPath"),
        (
            {"Type": "Pass", "ResultPath": "$.a[*]"},
            "Value is not a Reference Path",
            "/ResultPath",
        ),
        ({"Type": "Pass", "ResultPath": "$$.a"}, "Value is not a Reference Path", "/ResultPath"),
        (
            {"Type": "Wait", "SecondsPath": "a"},
            "Value is not a Reference Path: Reference path didn't start with '$'",
            "/SecondsPath",
        ),
        (
            {"Type": "Pass", "Parameters": {"a.$": "b"}},
            "The value for the field 'a.$' must be a valid JSONPath or a valid intrinsic function "
            "call",
            "/Parameters",
        ),
        (
            {"Type": "Pass", "Parameters": {"b": {"a.$": 1}}},
            "The value for the field 'a.$' must be a STRING that contains a JSONPath but was an "
            "NUMBER",
            "/Parameters/b",
        ),
    ],
)
def test_a_state_has_the_fields_of_its_type(
    state: dict[str, Any], message: str, location: str
) -> None:
    assert said(machine(one(**state))) == schema(message, f"/States/A{location}")


@pytest.mark.parametrize(
    "timestamp",
    ["2016-12-05 21:29:29Z", "2016-12-05T21:29:29", "2016-13-05T21:29:29Z", "2016-12-05T25:29:29Z"],
)
def test_a_timestamp_is_of_rfc_3339(timestamp: str) -> None:
    definition = machine(one(Type="Wait", Timestamp=timestamp))
    assert said(definition) == schema(
        "String does not match RFC3339 timestamp", "/States/A/Timestamp"
    )


@pytest.mark.parametrize(
    ("language", "field", "value"),
    [
        ("JSONPath", "Output", {}),
        ("JSONata", "InputPath", "$.a"),
        ("JSONata", "OutputPath", "$"),
        ("JSONata", "ResultPath", "$.a"),
        ("JSONata", "Parameters", {}),
        ("JSONata", "Result", 1),
    ],
)
def test_a_field_of_the_other_language_is_refused_at_its_state(
    language: str, field: str, value: Any
) -> None:
    other = {"JSONPath": "JSONata", "JSONata": "JSONPath"}[language]
    definition = machine(one(Type="Pass", **{field: value}), QueryLanguage=language)
    message = f"The QueryLanguage is set to '{language}', but field '{field}' is only supported"
    assert said(definition) == schema(f"{message} for the '{other}' QueryLanguage", "/States/A")


def test_in_a_machine_of_jsonata_no_state_goes_back_to_json_path() -> None:
    state = one(Type="Pass", QueryLanguage="JSONPath", Output={"v": "{% 1 %}"})
    assert said(machine(state, QueryLanguage="JSONata")) == schema(
        "'QueryLanguage' can not be 'JSONPath' if set to 'JSONata' for whole state machine",
        "/States/A",
    )


def test_a_language_that_there_is_none_of_counts_as_jsonata() -> None:
    state = one(Type="Pass", QueryLanguage="foo", InputPath="$.a")
    foreign = "The QueryLanguage is set to 'JSONata', but field 'InputPath' is only supported"
    assert said(machine(state)) == [
        *schema(f"{foreign} for the 'JSONPath' QueryLanguage", "/States/A"),
        *schema(
            "Value should be one of the following: [JSONPath, JSONata]", "/States/A/QueryLanguage"
        ),
    ]


def test_states_inside_a_state_do_not_speak_its_language_but_the_machines() -> None:
    branch = {"StartAt": "B", "States": {"B": {**END, "Output": {"v": "{% 1 %}"}}}}
    definition = machine(one(Type="Parallel", QueryLanguage="JSONata", Branches=[branch]))
    message = "The QueryLanguage is set to 'JSONPath', but field 'Output' is only supported"
    assert said(definition) == schema(
        f"{message} for the 'JSONata' QueryLanguage", "/States/A/Branches[0]/States/B"
    )


RULE = {"Variable": "$.a", "IsNull": True, "Next": "Z"}
KINDS = "[And, Or, Not, Variable, Condition]"


@pytest.mark.parametrize(
    ("rules", "message", "place"),
    [
        ([], "Value cannot be empty", ""),
        ([{"Variable": "$.a", "IsNull": True}], "These fields are required: [Next]", "[0]"),
        (
            [{"Next": "Z"}],
            f"The object must have only one of the following fields, {KINDS}",
            "[0]",
        ),
        ([{**RULE, "IsNull": "yes"}], "Expected value of type [BOOLEAN]", "[0]/IsNull"),
        (
            [{**RULE, "Variable": "States.ArrayLength($.a)"}],
            "Value is not a Reference Path: Reference path didn't start with '$'",
            "[0]/Variable",
        ),
        (
            [{"Not": {**RULE}, "Next": "Z"}],
            "Field 'Next' is not supported",
            "[0]/Not",
        ),
        (
            [{"And": [RULE], "Next": "Z"}],
            "Field 'Next' is not supported",
            "[0]/And[0]",
        ),
        (
            [{"Condition": "{% true %}", "Next": "Z"}],
            "The QueryLanguage is set to 'JSONPath', but field 'Condition' is only supported for "
            "the 'JSONata' QueryLanguage",
            "[0]",
        ),
        (
            [{"Variable": "$.t", "TimestampEquals": "noon", "Next": "Z"}],
            "String does not match RFC3339 timestamp",
            "[0]/TimestampEquals",
        ),
    ],
)
def test_a_choice_has_rules(rules: list[Any], message: str, place: str) -> None:
    states = {"A": {"Type": "Choice", "Choices": rules, "Default": "Z"}, "Z": END}
    assert said(machine(states)) == schema(message, f"/States/A/Choices{place}")


def test_a_rule_compares_once() -> None:
    rule = {**RULE, "IsString": True}
    (found,) = said(machine({"A": {"Type": "Choice", "Choices": [rule]}, "Z": END}))
    assert "There should only be one of the following fields: [StringEquals" in found


ALL = "States.ALL must appear alone and at end of list"


@pytest.mark.parametrize(
    ("field", "handlers", "message", "place"),
    [
        ("Retry", [{}], "These fields are required: [ErrorEquals]", "[0]"),
        ("Catch", [{"ErrorEquals": ["E"]}], "These fields are required: [Next]", "[0]"),
        ("Retry", [{"ErrorEquals": []}], "Value cannot be empty", "[0]/ErrorEquals"),
        ("Retry", [{"ErrorEquals": ["E", "States.ALL"]}], ALL, "[0]/ErrorEquals"),
        (
            "Retry",
            [{"ErrorEquals": ["States.ALL"]}, {"ErrorEquals": ["E"]}],
            ALL,
            "[0]/ErrorEquals",
        ),
        (
            "Retry",
            [{"ErrorEquals": ["E"], "BackoffRate": 0.5}],
            "Minimum value is 1.0",
            "[0]/BackoffRate",
        ),
        (
            "Retry",
            [{"ErrorEquals": ["E"], "MaxDelaySeconds": 31_622_401}],
            "Maximum value is 31622400",
            "[0]/MaxDelaySeconds",
        ),
        (
            "Retry",
            [{"ErrorEquals": ["E"], "JitterStrategy": "SOME"}],
            "Value should be one of the following: [NONE, FULL]",
            "[0]/JitterStrategy",
        ),
    ],
)
def test_handlers_of_errors_have_their_fields(
    field: str, handlers: list[Any], message: str, place: str
) -> None:
    branches = [{"StartAt": "B", "States": {"B": END}}]
    definition = machine(one(Type="Parallel", Branches=branches, **{field: handlers}))
    assert said(definition) == schema(message, f"/States/A/{field}{place}")


def test_a_pause_of_no_second_and_a_time_limit_of_none_are_taken() -> None:
    handler = {"ErrorEquals": ["E"], "IntervalSeconds": 0, "MaxAttempts": 0}
    branches = [{"StartAt": "B", "States": {"B": END}}]
    state = one(Type="Parallel", Branches=branches, Retry=[handler])
    assert said(machine(state, TimeoutSeconds=0)) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("states", "RESERVED_VARIABLE_NAME: Cannot assign to reserved variable '$states'."),
        (
            "a-b",
            "INVALID_VARIABLE_NAME: Invalid variable name 'a-b': the variable name contains "
            "invalid characters.",
        ),
    ],
)
def test_variables_have_names(name: str, fault: str) -> None:
    definition = machine(one(Type="Pass", Assign={name: 1}))
    assert said(definition) == [f"{fault} at /States/A/Assign/{name}"]
