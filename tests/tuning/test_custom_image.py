"""An image that Retune does not know."""

from __future__ import annotations

from typing import Any

import pytest

from tests.tuning.channel_store import ROWS, store
from tests.tuning.refusals import refusal
from tests.tuning.test_plan import plan

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
