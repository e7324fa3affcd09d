"""Paths of JSONPath find what they name, and what fails has the name of the States Language."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import run

JOBS = {"jobs": [{"Name": "a", "Metrics": {"auc": 0.97}}, {"Name": "b"}], "text": "t"}


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("$.jobs[0].Name", "a"),
        ("$['jobs'][0]['Name']", "a"),
        ("$.jobs[0].Metrics.auc", 0.97),
        ("$.jobs[-1].Name", "b"),
        ("$.jobs[1]", {"Name": "b"}),
        ("$.jobs[*].Name", ["a", "b"]),
        ("$.jobs[*].Metrics", [{"auc": 0.97}]),
        ("$.jobs[0:1].Name", ["a"]),
        ("$.jobs[?(@.Name=='b')].Name", ["b"]),
    ],
)
def test_path_that_names_one_place_gives_its_value_and_others_a_list(
    local_aws: LocalAws, path: str, value: Any
) -> None:
    take = {"Type": "Pass", "Parameters": {"v.$": path}, "End": True}
    assert run(local_aws, {"StartAt": "Take", "States": {"Take": take}}, JOBS)["output"] == {
        "v": value
    }


def choose(rule: dict[str, Any], **more: Any) -> dict[str, Any]:
    never = {"Variable": "$$.Execution.Name", "IsNull": True, "Next": "No"}
    choice = {"Type": "Choice", "Choices": [{**rule, "Next": "Yes"}, never], **more}
    ends = {name: {"Type": "Pass", "Result": name, "End": True} for name in ("Yes", "No")}
    return {"StartAt": "Choose", "States": {"Choose": choice, **ends}}


def test_choice_compares_the_value(local_aws: LocalAws) -> None:
    rule = {"Variable": "$.jobs[0].Metrics.auc", "NumericGreaterThan": 0.9}
    assert run(local_aws, choose(rule, Default="No"), JOBS)["output"] == "Yes"


def test_choice_that_nothing_matches_has_its_own_error(local_aws: LocalAws) -> None:
    ended = run(local_aws, choose({"Variable": "$.text", "StringEquals": "other"}), JOBS)
    assert ended["error"] == "States.NoChoiceMatched"
    assert ended["cause"] == (
        "An error occurred while executing the state 'Choose' (entered at the event id #2). Failed "
        "to transition out of the state. The state does not point to a next state."
    )


@pytest.mark.parametrize("more", [{}, {"Default": "No"}], ids=["alone", "with a default"])
def test_variable_that_is_not_there_fails(local_aws: LocalAws, more: dict[str, Any]) -> None:
    ended = run(local_aws, choose({"Variable": "$.status", "StringEquals": "x"}, **more), JOBS)
    assert ended["error"] == "States.Runtime"
    assert ended["cause"] == (
        "An error occurred while executing the state 'Choose' (entered at the event id #2). "
        "Invalid path '$.status': The choice state's condition path references an invalid value."
    )


def test_whether_a_variable_is_there_may_be_asked_first(local_aws: LocalAws) -> None:
    asked = [
        {"Variable": "$.status", "IsPresent": True},
        {"Variable": "$.status", "StringEquals": "x"},
    ]
    assert run(local_aws, choose({"And": asked}, Default="No"), JOBS)["output"] == "No"


def test_result_path_that_fits_nowhere_has_its_own_error(local_aws: LocalAws) -> None:
    put = {"Type": "Pass", "Result": 1, "ResultPath": "$.text.b", "End": True}
    ended = run(local_aws, {"StartAt": "Put", "States": {"Put": put}}, {"text": "t"})
    assert ended["error"] == "States.ResultPathMatchFailure"
    assert 'Unable to apply Reference Path $.text.b to input {"text":"t"}' in ended["cause"]
