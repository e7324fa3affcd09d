"""JSONata in state machines: values survive as they are, faults end as AWS ends them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function
from tests.local_aws.machine import create_machine, evaluated, jsonata, run

AWKWARD = 'a "quoted" \\ back\\slash\nnewline \' {% $x %} ü'


@pytest.mark.parametrize(
    ("expression", "expected"),
    [
        ("$states.input.text", AWKWARD),
        ("$states.input.nothing", None),
        ("$exists($states.input.absent)", False),
        ("$exists($states.input.nothing)", True),
        ("[$states.input.numbers[$ > 1]]", [2, 3]),
        ("[$merge([{'a': 1}, {'b': 2}])]", [{"a": 1, "b": 2}]),
        ("6 / 2", 3),
        ("$min([$power(2, 6), 30])", 30),
        ("$exists($missing) ? 1 : {}", {}),
        ("$partition([1,2,3,4,5], 2)", [[1, 2], [3, 4], [5]]),
        ("$range(0, 10, 5)", [0, 5, 10]),
        ("$parse('{\"a\": [1]}')", {"a": [1]}),
        ("$hash('text', 'SHA-1')", "372ea08cab33e71c02c651dbc83a474d32c676ea"),
        ("$random(5) = $random(5)", True),
        ("$contains($states.input.text, 'quoted')", True),
    ],
)
def test_expression_has_the_value_that_jsonata_gives_it(
    local_aws: LocalAws, expression: str, expected: Any
) -> None:
    given = {"text": AWKWARD, "nothing": None, "numbers": [1, 2, 3]}
    assert evaluated(local_aws, expression, given)["output"] == expected


def test_uuid_is_a_random_uuid(local_aws: LocalAws) -> None:
    first, second = evaluated(local_aws, "[$uuid(), $uuid()]")["output"]
    assert re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", first)
    assert first != second


def test_variables_keep_any_text_from_state_to_state(local_aws: LocalAws) -> None:
    states = {
        "Keep": {"Type": "Pass", "Assign": {"kept": "{% $states.input %}"}, "Next": "Use"},
        "Use": {"Type": "Pass", "Output": "{% $kept.text %}", "End": True},
    }
    assert run(local_aws, jsonata(states), {"text": AWKWARD})["output"] == AWKWARD


@pytest.mark.parametrize(
    ("expression", "cause"),
    [
        ("$states.input.absent", "returned nothing (undefined)"),
        ("$number('abc')", "threw an error"),
        ("function($x) { $x }", "unsupported result type"),
        ("$eval('1 + 1')", "T1006: Attempted to invoke a non-function"),
        ("$hash('text', 'CRC')", "none of MD5"),
    ],
)
def test_fault_in_an_expression_fails_the_execution(
    local_aws: LocalAws, expression: str, cause: str
) -> None:
    ended = evaluated(local_aws, expression)
    assert ended["status"] == "FAILED"
    assert ended["error"] == "States.QueryEvaluationError"
    assert cause in ended["cause"]


def test_query_evaluation_error_can_be_caught(local_aws: LocalAws) -> None:
    catch = {
        "ErrorEquals": ["States.QueryEvaluationError"],
        "Assign": {"failure": "{% $states.errorOutput %}"},
        "Next": "Caught",
    }
    states = {
        "Ask": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
            "Arguments": {"Nothing": "{% $states.input.absent %}"},
            "Catch": [catch],
            "End": True,
        },
        "Caught": {"Type": "Pass", "Output": "{% $failure.Error %}", "End": True},
    }
    assert run(local_aws, jsonata(states))["output"] == "States.QueryEvaluationError"


def test_cause_is_cut_at_what_a_history_keeps(local_aws: LocalAws) -> None:
    source = "def handler(event, context):\n    raise RuntimeError('x' * 40_000)"
    failing = {
        "Type": "Task",
        "Resource": "arn:aws:states:::lambda:invoke",
        "Arguments": {"FunctionName": create_function(local_aws, source)},
        "End": True,
        "Catch": [
            {
                "ErrorEquals": ["States.ALL"],
                "Output": {"Cause": "{% $states.errorOutput.Cause %}"},
                "Next": "Told",
            }
        ],
    }
    told = {"Type": "Pass", "End": True}
    cause = run(local_aws, jsonata({"Fail": failing, "Told": told}))["output"]["Cause"]
    assert len(cause) == 32_768
    assert cause.startswith('{"errorMessage"')


def test_context_object_tells_execution_and_state(local_aws: LocalAws) -> None:
    ended = evaluated(local_aws, "$states.context", {"a": 1})
    context = ended["output"]
    assert context["Execution"]["Id"] == ended["executionArn"]
    assert context["Execution"]["Name"] == ended["name"]
    assert context["Execution"]["Input"] == {"a": 1}
    assert context["Execution"]["RoleArn"].endswith(":role/test")
    assert context["Execution"]["RedriveCount"] == 0
    assert re.fullmatch(
        r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", context["Execution"]["StartTime"]
    )
    assert context["State"]["Name"] == "Evaluate"
    assert context["State"]["EnteredTime"]
    assert context["StateMachine"]["Id"]


def test_definition_with_broken_jsonata_is_refused(local_aws: LocalAws) -> None:
    state = {"Type": "Pass", "Output": "{% $states.input.( %}", "End": True}
    with pytest.raises(ClientError, match="/States/Ask/Output") as refused:
        create_machine(local_aws, jsonata({"Ask": state}))
    assert refused.value.response["Error"]["Code"] == "InvalidDefinition"


def test_items_of_a_map_may_have_expressions_in_them(local_aws: LocalAws) -> None:
    processor = {"StartAt": "Own", "States": {"Own": {"Type": "Pass", "End": True}}}
    items = [1, "{% $number('2') %}", {"a": "{% $states.input.a %}"}]
    states = {"Each": {"Type": "Map", "Items": items, "ItemProcessor": processor, "End": True}}
    assert run(local_aws, jsonata(states), {"a": "x"})["output"] == [1, 2, {"a": "x"}]


ABSENT = "{% $states.input.absent %}"


@pytest.mark.parametrize(
    ("rule", "field"),
    [
        ({"Condition": ABSENT}, "Choices[1]/Condition"),
        ({"Condition": "{% true %}", "Output": {"v": ABSENT}}, "Choices[1]/Output/v"),
        ({"Condition": True, "Assign": {"x": [ABSENT]}}, "Choices[1]/Assign/x[0]"),
    ],
)
def test_expression_of_a_rule_is_named_with_the_place_of_the_rule(
    local_aws: LocalAws, rule: dict[str, Any], field: str
) -> None:
    """Measured on AWS: floci-io/floci#2689."""
    rules = [{"Condition": "{% false %}", "Next": "End"}, {**rule, "Next": "End"}]
    states = {"Choose": {"Type": "Choice", "Choices": rules}, "End": {"Type": "Succeed"}}
    assert f"specified for the field '{field}'" in run(local_aws, jsonata(states))["cause"]


def test_expression_of_a_catcher_is_named_with_the_place_of_the_catcher(
    local_aws: LocalAws,
) -> None:
    """Measured on AWS: floci-io/floci#2689."""
    other = {"ErrorEquals": ["Other"], "Next": "End"}
    catcher = {"ErrorEquals": ["States.ALL"], "Output": ABSENT, "Next": "End"}
    states = {
        "Ask": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:sts:getCallerIdentity",
            "Arguments": {"Nothing": ABSENT},
            "Catch": [other, catcher],
            "End": True,
        },
        "End": {"Type": "Succeed"},
    }
    cause = run(local_aws, jsonata(states))["cause"]
    assert "specified for the field 'Catch[1]/Output'" in cause
