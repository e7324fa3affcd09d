"""An image that Retune does not know."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.checks.check_input import check_input

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import plan
from tests.tuning.refusals import refusal

IMAGE = "123456789012.dkr.ecr.eu-central-1.amazonaws.com/forest:1"
METRICS = [{"Name": "loss", "Regex": "loss=(.*)"}]
DOCUMENT = {
    "AlgorithmSpecification": {"TrainingImage": IMAGE, "MetricDefinitions": METRICS},
    "HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "loss"},
    "ParameterRanges": {"depth": {"Type": "Integer", "MinValue": 1, "MaxValue": 99}},
}


def test_request_is_what_the_input_says_and_no_default_of_xgboost() -> None:
    made = plan({**DOCUMENT, "ContentType": "application/json"})["TuningJob"]
    training = made["TrainingJobDefinition"]
    assert training["StaticHyperParameters"] == {}
    assert training["AlgorithmSpecification"] == {
        "TrainingImage": IMAGE,
        "TrainingInputMode": "File",
        "MetricDefinitions": METRICS,
    }
    assert list(made["HyperParameterTuningJobConfig"]["ParameterRanges"]) == [
        "IntegerParameterRanges"
    ]


def test_its_channels_are_its_own_affair() -> None:
    data = store()
    data.objects["s3://my-bucket/words/a.txt"] = ROWS
    made = plan({**DOCUMENT, "Channels": {"training": "s3://my-bucket/words/"}}, data=data)
    assert made["Samples"]["Key"] == "words/a.txt"


REFUSALS = {
    "no direction": (
        {"HyperParameterTuningJobObjective": {"MetricName": "loss"}},
        "HyperParameterTuningJobObjective.Type",
    ),
    "metric without a definition": (
        {"HyperParameterTuningJobObjective": {"Type": "Minimize", "MetricName": "error"}},
        "HyperParameterTuningJobObjective.MetricName",
    ),
    "range without a kind": (
        {"ParameterRanges": {"depth": {"MinValue": 1, "MaxValue": 99}}},
        "ParameterRanges.depth.Type",
    ),
    "bounds swapped": (
        {"ParameterRanges": {"rate": {"Type": "Continuous", "MinValue": 1, "MaxValue": 0.1}}},
        "ParameterRanges.rate.MinValue",
    ),
    "fewer combinations than jobs": (
        {"ParameterRanges": {"depth": {"Type": "Integer", "MinValue": 1, "MaxValue": 5}}},
        "ResourceLimits.MaxNumberOfTrainingJobs",
    ),
    "a version": ({"AlgorithmVersion": "3.0-5"}, "AlgorithmVersion"),
}


@pytest.mark.parametrize(("change", "field"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_it_must_say_is_asked_for(change: dict[str, Any], field: str) -> None:
    assert refusal({**DOCUMENT, **change}).field == field


STRANGER = "999999999999.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost"
OWN = "123456789012.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost"
REGION: dict[str, Any] = {"region": "us-east-1", "account": "123456789012"}


def of_image(uri: str) -> dict[str, Any]:
    return {
        "AlgorithmSpecification": {"TrainingImage": uri},
        "HyperParameterTuningJobObjective": {"MetricName": "loss", "Type": "Minimize"},
        "ParameterRanges": {"depth": {"Type": "Continuous", "MinValue": 1, "MaxValue": 99}},
    }


@pytest.mark.parametrize("uri", ["--volume=/:/host", "-v", "own image", "own;id", "", ":1", "a\n"])
def test_image_that_is_no_name_of_one_is_refused(uri: str) -> None:
    assert refusal(of_image(uri)).field == "AlgorithmSpecification.TrainingImage"


@pytest.mark.parametrize("version", [":evil", "", "@sha256:" + "0" * 64])
def test_name_of_sagemakers_image_in_a_strangers_registry_is_refused(version: str) -> None:
    fault = refusal(of_image(STRANGER + version), **REGION)
    assert fault.field == "AlgorithmSpecification.TrainingImage"
    assert "registry of a stranger" in fault.rule
    assert f"retune:image_repositories, {STRANGER}." in fault.fix


@pytest.mark.parametrize("repository", ["sagemaker-xgboost:1.7-1", "forest:1"])
def test_image_of_another_region_is_refused(repository: str) -> None:
    fault = refusal(
        of_image(f"123456789012.dkr.ecr.eu-west-1.amazonaws.com/{repository}"), **REGION
    )
    assert "of its own region, us-east-1" in fault.rule


@pytest.mark.parametrize(
    "uri",
    [
        "683313688378.dkr.ecr.us-east-1.amazonaws.com/sagemaker-xgboost:1.7-1",
        f"{OWN}:1",
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/forest:1",
        "forest:1",
    ],
)
def test_images_of_sagemaker_and_of_ones_own_account_are_taken(uri: str) -> None:
    assert check_input(of_image(uri), name_prefix="retune", **REGION)


@pytest.mark.parametrize("hint", ["inf", "-Infinity", "NaN", "1e400"])
def test_hint_that_is_an_infinite_number_is_refused_of_any_image(hint: str) -> None:
    document = {**of_image("forest:1"), "Autotune": {"Mode": "Enabled"}}
    fault = refusal({**document, "ParameterRanges": {"depth": {"ValueHint": hint}}})
    assert (fault.field, fault.rule) == (
        "ParameterRanges.depth.ValueHint",
        "It is no finite number.",
    )


OF_ANOTHER_ACCOUNT = "999999999999.dkr.ecr.us-east-1.amazonaws.com/forest"


def test_image_of_another_account_is_refused_unless_the_account_is_not_known() -> None:
    fault = refusal(of_image(f"{OF_ANOTHER_ACCOUNT}:1"), **REGION)
    assert "registry of another account" in fault.rule
    assert f"retune:image_repositories, {OF_ANOTHER_ACCOUNT}." in fault.fix
    assert check_input(
        of_image(f"{OF_ANOTHER_ACCOUNT}:1"), name_prefix="retune", region="us-east-1"
    )


@pytest.mark.parametrize("repository", [STRANGER, OF_ANOTHER_ACCOUNT])
def test_image_of_another_account_is_taken_where_the_deployment_names_its_repository(
    repository: str,
) -> None:
    trusted: dict[str, Any] = {**REGION, "image_repositories": (repository,)}
    assert check_input(of_image(f"{repository}:2"), name_prefix="retune", **trusted)
