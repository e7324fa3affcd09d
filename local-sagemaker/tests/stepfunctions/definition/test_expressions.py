"""What is refused of JSONata, as others have measured it on AWS (floci-io/floci#2670, #2745)."""

from __future__ import annotations

from typing import Any

import pytest

from tests.stepfunctions.definition.machines import END, LAMBDA, machine, one, processor, said


def jsonata(states: dict[str, Any]) -> list[str]:
    return said(machine(states, QueryLanguage="JSONata"))


def output(expression: str) -> list[str]:
    return jsonata(one(Type="Pass", Output={"v": f"{{% {expression} %}}"}))


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("a[1,2)", 'Expected "]", got ","'),
        ('"unterminated', "String literal must be terminated by a matching quote"),
        ("1 +", "Unexpected end of expression"),
        ('{"a":}', 'The symbol "}" cannot be used as a unary operator'),
        ("$x :=", "Unexpected end of expression"),
        ('$match("a", /abc', "No terminating / in regular expression"),
        ("phone %.other", 'The symbol "." cannot be used as a unary operator'),
    ],
)
def test_an_expression_is_parsed_at_creation(expression: str, message: str) -> None:
    found = output(expression)
    assert found == [f"INVALID_JSONATA_EXPRESSION: {message} at /States/A/Output/v"]


@pytest.mark.parametrize(
    ("expression", "names"),
    [
        ("phone", ["phone"]),
        ("phone[0]", ["phone"]),
        ("aaa + bbb + aaa", ["aaa", "bbb"]),
        ("$.phone", ["$"]),
        ("$map($states.input.a, function($x){ b })", ["b"]),
        ("$states.input.phone", []),
        ("$states.input.items[phone > 3]", []),
        ("$items[phone > 3].name", []),
        ("$states.input.items^(price).name", []),
        ("$states.input.items{kind: $sum(price)}", []),
        ("$map($states.input.a, function($x){ $x.phone })", []),
        ("($a := 1; $a + 1)", []),
        ("$states.input.a ~> $sum", []),
        ("$phone", []),
        ("$states", []),
    ],
)
def test_there_is_no_context_to_read_names_from(expression: str, names: list[str]) -> None:
    assert output(expression) == [
        f"UNSUPPORTED_JSONATA_EXPRESSION: Reference to '{name}' at the top level is not supported."
        " at /States/A/Output/v"
        for name in names
    ]


@pytest.mark.parametrize(
    ("expression", "message"),
    [
        ("$$", "Reference to '$$' is not supported."),
        ("$states.errorOutput", "Field '$states.errorOutput' does not exist."),
        ("$states.result", "Field '$states.result' does not exist."),
    ],
)
def test_a_pass_state_has_neither_result_nor_error(expression: str, message: str) -> None:
    found = output(expression)
    assert found == [f"UNSUPPORTED_JSONATA_EXPRESSION: {message} at /States/A/Output/v"]


def test_a_task_has_a_result_and_its_catcher_an_error() -> None:
    catch = {
        "ErrorEquals": ["States.ALL"],
        "Output": "{% $states.errorOutput.Error %}",
        "Assign": {"cause": "{% $states.errorOutput.Cause %}"},
        "Next": "Z",
    }
    task = {
        "Type": "Task",
        "Resource": LAMBDA,
        "Arguments": {"FunctionName": "{% $states.input.name %}"},
        "Output": "{% $states.result.Payload %}",
        "Assign": {"answer": "{% $states.result %}"},
        "Catch": [catch],
        "End": True,
    }
    assert jsonata({"A": task, "Z": END}) == []
    task["Arguments"] = {"FunctionName": "{% $states.result %}"}
    (found,) = jsonata({"A": task, "Z": END})
    assert found.endswith("at /States/A/Arguments/FunctionName")


@pytest.mark.parametrize(
    ("states", "location"),
    [
        (one(Type="Pass", Output={"a": {"b": ["{% x %}"]}}), "A/Output/a/b[0]"),
        (one(Type="Pass", Assign={"Next": "{% x %}"}), "A/Assign/Next"),
        (one(Type="Wait", Seconds="{% x %}"), "A/Seconds"),
        ({"A": {"Type": "Fail", "Cause": "{% x %}"}}, "A/Cause"),
        (
            {
                "A": {
                    "Type": "Choice",
                    "Choices": [{"Condition": "{% x = 1 %}", "Next": "Z"}],
                    "Default": "Z",
                },
                "Z": END,
            },
            "A/Choices[0]/Condition",
        ),
        (one(Type="Map", Items="{% x %}", ItemProcessor=processor({"B": END})), "A/Items"),
        (
            one(
                Type="Map",
                ItemProcessor=processor({"B": {**END, "Output": {"v": "{% x %}"}}}),
            ),
            "A/ItemProcessor/States/B/Output/v",
        ),
        (
            one(Type="Map", ItemSelector={"Next": "{% x %}"}, ItemProcessor=processor({"B": END})),
            "A/ItemSelector/Next",
        ),
    ],
)
def test_every_field_that_is_evaluated_is_looked_into(
    states: dict[str, Any], location: str
) -> None:
    message = "Reference to 'x' at the top level is not supported."
    assert jsonata(states) == [f"UNSUPPORTED_JSONATA_EXPRESSION: {message} at /States/{location}"]


def test_texts_that_are_not_evaluated_are_left_alone() -> None:
    assert jsonata(one(Type="Pass", Comment="{% x %}", Output=" {% x %}")) == []
    assert said(machine(one(Type="Pass", Parameters={"v": "{% x %}"}))) == []


def test_an_expression_that_begins_must_end() -> None:
    assert jsonata(one(Type="Pass", Output="{% 1 }")) == [
        "SCHEMA_VALIDATION_FAILED: JSONata string must start with {% and end with %} "
        "at /States/A/Output"
    ]
