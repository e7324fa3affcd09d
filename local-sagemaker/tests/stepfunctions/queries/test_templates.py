"""Payload templates of both languages: recorded by LocalStack's suites assign and outputdecl."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.stepfunctions.queries.template import evaluate

from tests.stepfunctions.queries.scopes import failure, scope

LITERALS: dict[str, Any] = {
    "path": "$.no.such",
    "context": "$$",
    "variable": "$none_such",
    "call": "States.Format('{}', $x)",
    "spaced": " {% $x %} ",
    "numbers": [None, 0, 0.1, True, [], {}],
    "escapes": 'a "quote", a \\ backslash,\n a line',
}


@pytest.mark.parametrize("language", ["JSONPath", "JSONata"])
def test_literal_is_what_is_written(language: str) -> None:
    assert evaluate(LITERALS, scope({}), language, "Assign") == LITERALS


def test_members_whose_names_end_in_dollar_are_evaluated() -> None:
    template = {
        "a.$": "$.x",
        "within": {"b.$": "$$.State.Name", "list": [{"c.$": "$v.y"}, "$.x"]},
        "call.$": "States.Array($.x, $v.y)",
    }
    assert evaluate(template, scope({"x": 1}, v={"y": 2}), "JSONPath", "Parameters") == {
        "a": 1,
        "within": {"b": "S", "list": [{"c": 2}, "$.x"]},
        "call": [1, 2],
    }


@pytest.mark.parametrize("path", ["$.none", "$$.Execution.Input.none", "$none"])
def test_path_that_finds_nothing_fails_with_the_input(path: str) -> None:
    failed = failure(
        lambda: evaluate({"w": {"v.$": path}}, scope({"a": "ü"}), "JSONPath", "Parameters")
    )
    assert failed.error == "States.Runtime"
    assert failed.event == ""
    assert failed.cause == (
        f"The JSONPath '{path}' specified for the field 'v.$' could not be found in the input "
        '\'{"a":"ü"}\''
    )


def test_expressions_are_evaluated_wherever_they_are() -> None:
    template = {"a": "{% $states.input.x + 1 %}", "list": ["{% $v %}", {"b": "{%$v%}"}], "c.$": "$"}
    assert evaluate(template, scope({"x": 1}, v="y"), "JSONata", "Output") == {
        "a": 2,
        "list": ["y", {"b": "y"}],
        "c.$": "$",
    }


@pytest.mark.parametrize(
    ("template", "location"),
    [
        ("{% $none %}", "Output"),
        ({"a": {"b": "{% $none %}"}}, "Output/a/b"),
        ({"a": {"b": [[1, "{% $none %}"]]}}, "Output/a/b[0][1]"),
    ],
)
def test_expression_that_fails_is_named_with_its_place(template: Any, location: str) -> None:
    failed = failure(lambda: evaluate(template, scope({}), "JSONata", "Output"))
    assert failed.error == "States.QueryEvaluationError"
    assert failed.cause == (
        f"The JSONata expression '$none' specified for the field '{location}' returned nothing "
        "(undefined)."
    )
    assert failed.event == "EvaluationFailed"
    assert failed.details == {"location": location, "state": "S"}
