"""What an execution's input cannot say, and how the refusal reads."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

from tests.tuning.refusals import refusal, refusals


@pytest.mark.parametrize(
    ("document", "fix"),
    [
        (
            {"max_depth": {"MinValue": "3", "MaxValue": "10"}, "Strategy": "Random"},
            'write {"ParameterRanges": {"max_depth": {"MinValue": "3", "MaxValue": "10"}}}',
        ),
        ({"eta": 0.1}, 'write {"StaticHyperParameters": {"eta": 0.1}}'),
        (
            {"learning_rate": {"MinValue": 0.1, "MaxValue": 1}, "RandomSeed": 1},
            '{"ParameterRanges": {"eta": ',
        ),
        ({"Strategi": "Random"}, "Did you mean Strategy"),
        ({"MaxTrainingJobs": 20}, "ResourceLimits.MaxNumberOfTrainingJobs"),
        ({"MetricName": "auc"}, "Did you mean HyperParameterTuningJobObjective.MetricName"),
        ({"Qqqq": 1}, "Fields: Algorithm, AlgorithmSpecification, AlgorithmVersion"),
        ({"ResourceConfig": {"InstanceTyp": "ml.m5.large"}}, "ResourceConfig.InstanceType"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else None,
)
def test_unknown_field_is_refused_with_a_hint(document: dict[str, Any], fix: str) -> None:
    fault = refusal(document)
    assert fault.rule == "There is no such field."
    assert fault.field.split(".")[0] == next(iter(document))
    assert fix in fault.fix


@pytest.mark.parametrize(
    ("document", "field", "value", "words"),
    [
        ({"Strategy": "bayes"}, "Strategy", "bayes", "Did you mean Bayesian?"),
        (
            {"ParameterRanges": {"eta": {"MinValue": 0, "MaxValue": 1, "ScalingType": "log"}}},
            "ParameterRanges.eta.ScalingType",
            "log",
            "'Logarithmic'",
        ),
        (
            {"ResourceLimits": {"MaxNumberOfTrainingJobs": 751}},
            "ResourceLimits.MaxNumberOfTrainingJobs",
            751,
            "Use 750 or less.",
        ),
        (
            {"ResourceLimits": {"MaxParallelTrainingJobs": 101, "MaxNumberOfTrainingJobs": 200}},
            "ResourceLimits.MaxParallelTrainingJobs",
            101,
            "Use 100 or less.",
        ),
        (
            {"ResourceLimits": {"MaxRuntimeInSeconds": 60}},
            "ResourceLimits.MaxRuntimeInSeconds",
            60,
            "Use 120 or more.",
        ),
        (
            {"ResourceLimits": {"MaxNumberOfTrainingJobs": "many"}},
            "ResourceLimits.MaxNumberOfTrainingJobs",
            "many",
            "Write a whole number.",
        ),
        (
            {
                "TuningJobCompletionCriteria": {
                    "BestObjectiveNotImproving": {"MaxNumberOfTrainingJobsNotImproving": 2}
                }
            },
            "TuningJobCompletionCriteria.BestObjectiveNotImproving."
            "MaxNumberOfTrainingJobsNotImproving",
            2,
            "Use 3 or more.",
        ),
        (
            {"StoppingCondition": {"MaxRuntimeInSeconds": 2_419_201}},
            "StoppingCondition.MaxRuntimeInSeconds",
            2_419_201,
            "Use 2419200 or less.",
        ),
        (
            {"ResourceConfig": {"InstanceType": "m5.large"}},
            "ResourceConfig.InstanceType",
            "m5.large",
            "such as ml.m5.large",
        ),
        (
            {"Channels": {"train": "my-bucket/x", "validation": "s3://my-bucket/validation/"}},
            "Channels.train",
            "my-bucket/x",
            "s3://bucket/folder/",
        ),
        (
            {"Endpoint": {"EndpointName": "retune_1"}},
            "Endpoint.EndpointName",
            "retune_1",
            "hyphens",
        ),
        (
            {"ParameterRanges": {"eta": {"MinValue": 0.1}}},
            "ParameterRanges.eta.MaxValue",
            None,
            "It must be given.",
        ),
        ({"Retrain": {}}, "Retrain.Channels", None, "s3://bucket/folder/"),
    ],
    ids=lambda value: value if isinstance(value, str) and "." in value else None,
)
def test_value_that_sagemaker_cannot_take_is_refused(
    document: dict[str, Any], field: str, value: int | str | None, words: str
) -> None:
    fault = refusal(document)
    assert (fault.field, fault.value) == (field, value)
    assert words in str(fault)


def test_all_faults_are_reported_together() -> None:
    document = {
        "Strategi": "Random",
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 0},
        "ParameterRanges": {
            "eta": {"MinValue": 0.1},
            "gama": {"MinValue": 0, "MaxValue": 1},
            "max_depth": {"MinValue": 3, "MaxValue": 2},
        },
        "HyperParameterTuningJobObjective": {"MetricName": "auc"},
        "Endpoint": {"EndpointName": "other"},
    }
    assert {fault.field for fault in refusals(document)} == {
        "Strategi",
        "ResourceLimits.MaxNumberOfTrainingJobs",
        "ParameterRanges.eta.MaxValue",
        "ParameterRanges.gama",
        "ParameterRanges.max_depth.MinValue",
        "HyperParameterTuningJobObjective.MetricName",
        "Endpoint.EndpointName",
    }


@pytest.mark.parametrize(
    "document",
    [
        {"a.b": 1},
        {"ParameterRanges": {"a.b": 3}},
        {"StaticHyperParameters": {"a.b": [1]}},
        {"ParameterRanges": {"ContinuousParameterRanges": [{"Name": "eta"}]}},
        {"ParameterRanges": None, "StaticHyperParameters": None, "Channels": 3},
        {"ParameterRanges": [], "StaticHyperParameters": "x", "Channels": []},
        {"ResourceConfig": None, "Endpoint": [], "ResourceLimits": 1, "Retrain": "yes"},
        {"Algorithm": ["xgboost"]},
        {"$schema": 5},
    ],
    ids=str,
)
def test_no_document_breaks_the_checks(document: dict[str, Any]) -> None:
    assert refusals(document)


def test_long_value_is_cut_in_the_message() -> None:
    assert len(str(refusal({"Strategy": "x" * 5000}))) < 500


def test_message_lists_no_more_faults_than_a_person_reads() -> None:
    with pytest.raises(InvalidInput) as raised:
        check_input({f"Unknown{number}": 1 for number in range(600)}, name_prefix="retune")
    assert len(raised.value.faults) == 600
    *lines, last = str(raised.value).splitlines()
    assert 0 < len(lines) <= 20
    assert last == f"And {600 - len(lines)} more faults."


def test_faults_are_one_line_each_with_field_value_rule_and_fix() -> None:
    assert str(refusal({"Endpoint": {"EndpointName": "shop"}})) == (
        "Endpoint.EndpointName = 'shop': Retune may only make an endpoint retune, and those "
        "that begin with retune-. Use retune or retune-shop."
    )


@pytest.mark.parametrize("document", [[], "text", None, 3])
def test_input_that_is_no_object_is_refused(document: Any) -> None:
    assert refusal(document).field == "Input"
