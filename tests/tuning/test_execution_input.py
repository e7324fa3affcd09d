"""The execution input: defaults, spellings, fields that are not there, the JSON Schema."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input
from tuning.execution_input.schema import PATH, schema_text

from tests.tuning.refusals import refusal, refusals

XGBOOST = load_algorithm("xgboost")
SCHEMA = json.loads(schema_text())
BY_SCHEMA = Draft202012Validator(SCHEMA)
EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.json"))


def test_empty_input_means_the_lessons_search() -> None:
    run = check_input({}, name_prefix="retune")
    assert run.strategy == "Bayesian"
    assert run.hyper_parameter_tuning_job_objective.metric_name == "validation:auc"
    assert list(run.parameter_ranges) == ["max_depth", "eta", "gamma"]
    assert run.static_hyper_parameters["objective"] == "binary:logistic"
    assert run.resource_limits.to_sagemaker() == {
        "MaxNumberOfTrainingJobs": 20,
        "MaxParallelTrainingJobs": 3,
    }


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_every_example_is_accepted_by_the_checks_and_by_the_schema(path: Path) -> None:
    document = json.loads(path.read_text())
    check_input(document, name_prefix="retune", region="eu-central-1")
    BY_SCHEMA.validate(document)


def test_schema_in_docs_is_the_code() -> None:
    assert PATH.read_text() == schema_text(), (
        "run: cd lambda && python -m tuning.execution_input.schema"
    )


def test_schema_requires_nothing_and_describes_every_field() -> None:
    Draft202012Validator.check_schema(SCHEMA)
    assert "required" not in SCHEMA
    undescribed = [
        name
        for name, field in SCHEMA["properties"].items()
        if "description" not in {**SCHEMA["$defs"].get(field.get("$ref", "")[8:], {}), **field}
        and "anyOf" not in field
    ]
    assert undescribed == []


def test_numbers_and_booleans_become_sagemakers_strings() -> None:
    run = check_input(
        {
            "ParameterRanges": {"eta": {"MinValue": 0.01, "MaxValue": 1}},
            "StaticHyperParameters": {
                "objective": "binary:logistic",
                "num_round": 50,
                "save_model_on_termination": True,
            },
        },
        name_prefix="retune",
    )
    assert run.to_sagemaker()["ParameterRanges"] == {
        "eta": {"MinValue": "0.01", "MaxValue": "1", "ScalingType": "Auto"}
    }
    assert run.static_hyper_parameters["num_round"] == "50"
    assert run.static_hyper_parameters["save_model_on_termination"] == "true"


def test_parallel_jobs_do_not_exceed_a_small_number_of_jobs_by_default() -> None:
    run = check_input({"ResourceLimits": {"MaxNumberOfTrainingJobs": 2}}, name_prefix="retune")
    assert run.resource_limits.max_parallel_training_jobs == 2


def test_tuned_hyperparameter_is_not_also_a_static_default() -> None:
    document = {"ParameterRanges": {"num_round": {"MinValue": 10, "MaxValue": 500}}}
    run = check_input(document, name_prefix="retune")
    assert "num_round" not in run.static_hyper_parameters


def test_static_hyperparameter_is_not_also_a_default_range() -> None:
    static = {"objective": "binary:logistic", "num_round": "10", "eta": "0.1"}
    run = check_input({"StaticHyperParameters": static}, name_prefix="retune")
    assert list(run.parameter_ranges) == ["max_depth", "gamma"]


def test_retrain_of_the_deployed_defaults_can_be_turned_off() -> None:
    deployed = {"Retrain": {"Channels": {"train": "s3://my-bucket/all/"}}}
    run = check_input({"Retrain": None}, name_prefix="retune", defaults=deployed)
    assert run.retrain is None


def test_unknown_algorithm_and_version_are_refused() -> None:
    assert "xgboost" in refusal({"Algorithm": "xgbost"}).fix
    assert "1.7-1, 3.0-5" in refusal({"AlgorithmVersion": "latest"}).fix


def test_region_without_an_image_is_refused() -> None:
    fault = refusal({}, region="mars-north-1")
    assert "mars-north-1" in fault.rule
    assert "us-east-1" in fault.fix


def test_image_of_ones_own_may_lie_in_any_region() -> None:
    image = {
        "AlgorithmSpecification": {"TrainingImage": "forest:1"},
        "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
        "ParameterRanges": {"depth": {"Type": "Integer", "MinValue": 1, "MaxValue": 99}},
    }
    assert check_input(image, name_prefix="retune", region="mars-north-1").parameter_ranges


@pytest.mark.parametrize("seconds", [0, -1, 30 * 24 * 3600 + 1, 1.5, "a week"])
def test_time_to_wait_for_an_approval_is_bounded(seconds: float | str) -> None:
    fault = refusal({"Approval": "Manual", "ApprovalTimeoutInSeconds": seconds})
    assert (fault.field, fault.value) == ("ApprovalTimeoutInSeconds", seconds)


def test_approval_is_waited_for_a_week_unless_the_input_says_otherwise() -> None:
    assert check_input({}, name_prefix="retune").approval_timeout_in_seconds == 7 * 24 * 3600


@pytest.mark.parametrize(
    ("document", "message"),
    [
        ({"Endpoint": "retune"}, "Endpoint = 'retune': It must be a JSON object."),
        ({"ParameterRanges": {"eta": [1]}}, "ParameterRanges.eta = [1]: It must be a JSON object."),
        ({"Tags": {}}, "Tags = {}: It must be a JSON list."),
        ({"TrainingJobDefinitions": []}, "It must have at least 1 item."),
        ({"DryRun": "yes"}, "DryRun = 'yes': It must be true or false."),
        (
            {"ResourceLimits": {"MaxNumberOfTrainingJobs": "many"}},
            "'many': It must be an integer. Write a whole number.",
        ),
    ],
    ids=["object", "range", "list", "empty list", "boolean", "integer"],
)
def test_wrong_kind_of_value_is_refused_in_the_terms_of_json(
    document: dict[str, Any], message: str
) -> None:
    assert message in str(refusal(document))


@pytest.mark.parametrize(
    ("document", "fields"),
    [
        ({"ParameterRanges": "x", "Freeze": {"gamma": 0}}, ["ParameterRanges"]),
        ({"ParameterRanges": {"IntegerParameterRanges": {}}, "Freeze": {}}, ["ParameterRanges"]),
        ({"Freeze": {"gamma": [1]}}, ["Freeze.gamma"]),
        (
            {
                "StaticHyperParameters": 5,
                "HyperParameterTuningJobObjective": {"MetricName": "AUC"},
            },
            ["StaticHyperParameters"],
        ),
        (
            {
                "StaticHyperParameters": {"num_round": 9, "objective": 5},
                "HyperParameterTuningJobObjective": {"MetricName": "AUC"},
            },
            ["StaticHyperParameters.objective"],
        ),
        (
            {"Autotune": {"Mode": "Enabled"}, "ParameterRanges": {"eta": {"ValueHint": [0.3]}}},
            ["ParameterRanges.eta.ValueHint"],
        ),
        (
            {
                "AlgorithmSpecification": {"TrainingImage": 5},
                "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
                "ParameterRanges": {"depth": {"Type": "Integer", "MinValue": 1, "MaxValue": 9}},
            },
            ["AlgorithmSpecification.TrainingImage"],
        ),
    ],
    ids=["ranges", "list", "frozen", "static", "objective", "left to Autotune", "image"],
)
def test_what_cannot_be_read_is_refused_once_and_makes_no_other_field_wrong(
    document: dict[str, Any], fields: list[str]
) -> None:
    assert [fault.field for fault in refusals(document)] == fields


def test_frozen_hyperparameter_is_called_what_the_document_calls_it() -> None:
    assert refusal({"Freeze": {"gama": 0}}).field == "Freeze.gama"
