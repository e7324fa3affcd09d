"""Search finds training jobs and tuning jobs by their properties, metrics and tags."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.server import (
    BUCKET,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_training, wait_for_tuning

ETAS = {"searched-low": "0.3", "searched-high": "1.0", "searched-bad": "7"}
OF_THE_TESTS = {"Name": "Tags.searched", "Value": "yes"}


def filter_of(name: str, operator: str | None = None, value: str | None = None) -> dict[str, str]:
    given = {"Name": name, "Operator": operator, "Value": value}
    return {member: text for member, text in given.items() if text is not None}


@pytest.fixture(scope="module")
def jobs(local: LocalSageMaker) -> dict[str, Any]:
    """Two that succeed, and one that fails for its eta."""
    for name, eta in ETAS.items():
        request = training_request(name, HYPERPARAMETERS | {"eta": eta})
        tags = [{"Key": "searched", "Value": "yes"}, {"Key": "kind", "Value": name}]
        local.sagemaker.create_training_job(**request, Tags=tags)
    return {name: wait_for_training(local, name) for name in ETAS}


def search(local: LocalSageMaker, *filters: dict[str, str]) -> list[str]:
    """The names of the jobs of these tests that are found, without their prefix."""
    expression = {"Filters": [OF_THE_TESTS, *filters]}
    answer = local.sagemaker.search(
        Resource="TrainingJob", SearchExpression=expression, SortBy="CreationTime"
    )
    found = [result["TrainingJob"]["TrainingJobName"] for result in answer["Results"]]
    return [name.removeprefix("searched-") for name in found]


@pytest.mark.parametrize(
    ("name", "operator", "value", "found"),
    [
        ("TrainingJobName", None, "searched-low", "low"),
        ("TrainingJobName", "Contains", "d-l", "low"),
        ("TrainingJobName", "In", "searched-low,searched-bad", "bad low"),
        ("TrainingJobStatus", "NotEquals", "Completed", "bad"),
        ("FailureReason", "Exists", None, "bad"),
        ("FailureReason", "NotExists", None, "high low"),
        ("HyperParameters.eta", "LessThan", "0.5", "low"),
        ("HyperParameters.eta", "Equals", "1", "high"),
        # A whole value makes the hyperparameter whole: 0.3 is 0.
        ("HyperParameters.eta", "Equals", "0", "low"),
        ("HyperParameters.eta", "GreaterThanOrEqualTo", "1.0", "bad high"),
        ("HyperParameters.objective", "Contains", "logistic", "bad high low"),
        ("Metrics.validation:auc", "GreaterThan", "0.5", "high low"),
        ("Metrics.validation:auc", "GreaterThan", "1.0", ""),
        ("Tags.kind", "Equals", "searched-high", "high"),
        ("ResourceConfig.InstanceCount", "Equals", "1.0", "bad high low"),
        ("EnableManagedSpotTraining", "Equals", "true", ""),
        ("InputDataConfig.DataSource.S3DataSource.S3Uri", "Contains", BUCKET, "bad high low"),
        ("InputDataConfig.ChannelName", "Equals", "validation", "bad high low"),
        ("CreationTime", "GreaterThan", "2020-01-01T00:00:00", "bad high low"),
        ("CreationTime", "LessThan", "2020-01-01T00:00:00Z", ""),
    ],
)
def test_filter_finds(
    local: LocalSageMaker,
    jobs: dict[str, Any],
    name: str,
    operator: str | None,
    value: str | None,
    found: str,
) -> None:
    assert search(local, filter_of(name, operator, value)) == found.split()


def test_expressions_combine(local: LocalSageMaker, jobs: dict[str, Any]) -> None:
    either = {
        "Filters": [filter_of("TrainingJobName", None, name) for name in list(ETAS)[:2]],
        "Operator": "Or",
    }
    expression = {
        "SubExpressions": [either],
        "Filters": [filter_of("HyperParameters.eta", "GreaterThan", "0.5")],
    }
    answer = local.sagemaker.search(Resource="TrainingJob", SearchExpression=expression)
    (found,) = answer["Results"]
    assert found["TrainingJob"]["HyperParameters"]["eta"] == "1.0"
    assert {"Key": "searched", "Value": "yes"} in found["TrainingJob"]["Tags"]
    assert answer["TotalHits"] == {"Value": 1, "Relation": "EqualTo"}


@pytest.mark.parametrize(("channel", "count"), [("train", 3), ("validation", 0)])
def test_one_element_meets_all_nested_filters(
    local: LocalSageMaker, jobs: dict[str, Any], channel: str, count: int
) -> None:
    uri = "InputDataConfig.DataSource.S3DataSource.S3Uri"
    nested = {
        "NestedPropertyName": "InputDataConfig",
        "Filters": [
            filter_of("InputDataConfig.ChannelName", "Equals", channel),
            filter_of(uri, "Contains", "data/train"),
        ],
    }
    expression = {"NestedFilters": [nested], "Filters": [OF_THE_TESTS]}
    answer = local.sagemaker.search(Resource="TrainingJob", SearchExpression=expression)
    assert len(answer["Results"]) == count


def test_results_are_sorted_by_a_metric_and_come_in_pages(
    local: LocalSageMaker, jobs: dict[str, Any]
) -> None:
    pages = local.sagemaker.get_paginator("search").paginate(
        Resource="TrainingJob",
        SearchExpression={"Filters": [OF_THE_TESTS]},
        SortBy="Metrics.validation:auc",
        SortOrder="Ascending",
        MaxResults=1,
    )
    records = [result["TrainingJob"] for page in pages for result in page["Results"]]
    metrics = [record.get("FinalMetricDataList", []) for record in records]
    values = [
        [metric["Value"] for metric in each if metric["MetricName"] == "validation:auc"]
        for each in metrics
    ]
    assert values[0] <= values[1]
    assert values[2] == [], "without the property it is last"


def test_tuning_job_is_found(local: LocalSageMaker) -> None:
    name = new_name("searched")
    local.sagemaker.create_hyper_parameter_tuning_job(**tuning_request(name, jobs=1, parallel=1))
    wait_for_tuning(local, name)
    (found,) = local.sagemaker.search(
        Resource="HyperParameterTuningJob",
        SearchExpression={
            "Filters": [
                filter_of("HyperParameterTuningJobName", None, name),
                filter_of("HyperParameterTuningJobConfig.Strategy", None, "Random"),
                filter_of("TrainingJobStatusCounters.Completed", "GreaterThan", "0"),
            ]
        },
    )["Results"]
    assert found["HyperParameterTuningJob"]["BestTrainingJob"]["TrainingJobName"]


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"Resource": "Experiment"}, "PipelineExecution only, not Experiment"),
        ({"SortBy": "Speed"}, "'Speed' is not a property of TrainingJob"),
        ({"SearchExpression": {}}, "needs at least one"),
        ({"Filters": [filter_of("InputDataConfig", "Equals", "x")]}, "is a list"),
        ({"Filters": [filter_of("TrainingJobName", "LessThan", "x")]}, "LessThan is not supported"),
        ({"Filters": [filter_of("Metrics.auc", "Contains", "1")]}, "Contains is not supported"),
        ({"Filters": [filter_of("Metrics.auc", "LessThan", "x")]}, "'x' is not a number"),
        ({"Filters": [filter_of("CreationTime", "LessThan", "now")]}, "'now' is not a time"),
        ({"Filters": [filter_of("TrainingJobName")]}, "needs a Value"),
        (
            {"Filters": [filter_of("TrainingJobName", "Contains", part) for part in "ab"]},
            "'CONTAINS' operator usage limit of 1 exceeded.",
        ),
    ],
)
def test_search_is_refused(local: LocalSageMaker, options: dict[str, Any], message: str) -> None:
    request: dict[str, Any] = {"Resource": "TrainingJob"} | options
    if "Filters" in request:
        request["SearchExpression"] = {"Filters": request.pop("Filters")}
    code, words = refusal(local.sagemaker.search, request)
    assert code == "ValidationException"
    assert message in words
