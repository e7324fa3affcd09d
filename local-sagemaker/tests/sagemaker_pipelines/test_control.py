"""Parameters, expressions, Condition and Fail steps, as AWS's own tests of its SDK show them."""

from __future__ import annotations

import pytest

from tests.local_sagemaker.server import LocalSageMaker
from tests.sagemaker_pipelines.definitions import (
    Json,
    compare,
    condition,
    create,
    definition,
    finish,
    get,
    join,
    run,
    start,
    step,
    steps_of,
)

NUMBER = {"Name": "Number", "Type": "Integer", "DefaultValue": 2}


def test_failed_step_fails_the_execution_with_its_message(local: LocalSageMaker) -> None:
    is_two = compare("Equals", get("Parameters.Number"), 2)
    failing = step("Fail", "Fail", {"ErrorMessage": "else branch"})
    branches = condition("Decide", {"Type": "Not", "Condition": is_two}, no=[failing])
    name = create(local.sagemaker, definition(branches, Parameters=[NUMBER]))
    arn = start(local.sagemaker, name)
    execution = finish(local.sagemaker, arn)
    steps = steps_of(local.sagemaker, arn)
    (summary,) = local.sagemaker.list_pipeline_executions(PipelineName=name)[
        "PipelineExecutionSummaries"
    ]

    assert execution["PipelineExecutionStatus"] == "Failed"
    assert execution["FailureReason"] == "Step failure: One or multiple steps failed."
    assert execution["PipelineExecutionDisplayName"].startswith("execution-1")
    assert summary["PipelineExecutionFailureReason"] == execution["FailureReason"]
    assert list(steps) == ["Fail", "Decide"]  # the latest first
    assert steps["Decide"]["StepStatus"] == "Succeeded"
    assert steps["Decide"]["Metadata"] == {"Condition": {"Outcome": "False"}}
    assert steps["Fail"]["FailureReason"] == "else branch"
    assert steps["Fail"]["Metadata"] == {"Fail": {"ErrorMessage": "else branch"}}


def test_message_joins_outcome_parameters_and_variables(local: LocalSageMaker) -> None:
    message = join(
        get("Steps.Decide.Outcome"),
        get("Parameters.Number"),
        get("Parameters.Flag"),
        get("Execution.PipelineExecutionId"),
        on=" ",
    )
    text = definition(
        condition("Decide", compare("GreaterThan", "1", join(get("Parameters.Number")))),
        step("Fail", "Fail", {"ErrorMessage": message}),
        Parameters=[NUMBER, {"Name": "Flag", "Type": "Boolean", "DefaultValue": True}],
    )
    arn = start(local.sagemaker, create(local.sagemaker, text), parameters={"Number": "0"})
    finish(local.sagemaker, arn)
    reason = steps_of(local.sagemaker, arn)["Fail"]["FailureReason"]
    assert reason == f"true 0 true {arn.rpartition('/')[2]}"


def test_fail_step_without_a_message_has_no_reason(local: LocalSageMaker) -> None:
    failed = run(local.sagemaker, step("Fail", "Fail", {"ErrorMessage": ""}))["Fail"]
    assert "FailureReason" not in failed
    assert failed["Metadata"] == {"Fail": {"ErrorMessage": ""}}


TWO = get("Parameters.Number")


@pytest.mark.parametrize(
    "met",
    [
        compare("Equals", TWO, 2.0),
        compare("NotEquals", TWO, 3),
        compare("LessThan", TWO, 3),
        compare("LessThanOrEqualTo", TWO, 2),
        compare("GreaterThan", TWO, 1.5),
        compare("GreaterThanOrEqualTo", TWO, 2),
        {"Type": "In", "QueryValue": TWO, "Values": [1, TWO]},
        {"Type": "NotIn", "Value": TWO, "In": [1, 3]},
        {"Type": "NotIn", "QueryValue": 1, "Values": [True, "1"]},
        {"Type": "Not", "Condition": compare("Equals", TWO, 3)},
        {"Type": "Or", "Conditions": [compare("Equals", TWO, 3), compare("Equals", "a", "a")]},
    ],
    ids=lambda met: met["Type"],
)
def test_condition_is_met(local: LocalSageMaker, met: Json) -> None:
    decided = run(local.sagemaker, condition("Decide", met), Parameters=[NUMBER])["Decide"]
    assert decided["Metadata"] == {"Condition": {"Outcome": "True"}}


@pytest.mark.parametrize(
    ("left", "right", "words"),
    [
        ("2", 3, "ClientError: Condition of type LessThan cannot compare '2' (String) with 3 (N"),
        ([2], [3], "ClientError: Condition of type LessThan cannot compare [2] (Json) with [3] ("),
    ],
)
def test_values_of_different_types_or_without_order_cannot_be_compared(
    local: LocalSageMaker, left: object, right: object, words: str
) -> None:
    decided = run(local.sagemaker, condition("Decide", compare("LessThan", left, right)))["Decide"]
    assert decided["StepStatus"] == "Failed"
    assert decided["FailureReason"].startswith(words)


def test_steps_behind_a_branch_that_is_not_taken_do_not_run(local: LocalSageMaker) -> None:
    inner = condition("Inner", compare("Equals", 1, 1))
    after = condition("After", compare("Equals", get("Steps.Inner.Outcome"), True))
    never = condition("Outer", compare("Equals", 1, 2), yes=[inner])
    assert list(run(local.sagemaker, never, after)) == ["Outer"]


def test_execution_has_the_experiment_of_the_definition(local: LocalSageMaker) -> None:
    config = {
        "ExperimentName": get("Execution.PipelineName"),
        "TrialName": get("Execution.PipelineExecutionId"),
    }
    text = definition(condition("Decide"), PipelineExperimentConfig=config)
    name = create(local.sagemaker, text)
    arn = start(local.sagemaker, name)
    assert finish(local.sagemaker, arn)["PipelineExperimentConfig"] == {
        "ExperimentName": name.lower(),
        "TrialName": arn.rpartition("/")[2],
    }
