"""Several training job definitions in one tuning job."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request

from tests.tuning.plans import plan
from tests.tuning.refusals import refusal

DART = {
    "DefinitionName": "dart",
    "StaticHyperParameters": {"objective": "binary:logistic", "num_round": 50, "booster": "dart"},
    "HyperParameterRanges": {"eta": {"MinValue": 0.1, "MaxValue": 0.5}},
}
TWO = {"TrainingJobDefinitions": [{"DefinitionName": "trees"}, DART]}
LINEAR = {"DefinitionName": "linear", "Algorithm": "linear-learner"}
MIXED = {"TrainingJobDefinitions": [{"DefinitionName": "trees"}, LINEAR]}
IMAGE = {
    "DefinitionName": "mine",
    "AlgorithmSpecification": {"TrainingImage": "123456789012.dkr.ecr.eu-central-1/forest:1"},
    "TuningObjective": {"Type": "Maximize", "MetricName": "f1"},
    "HyperParameterRanges": {"trees": {"Type": "Integer", "MinValue": 1, "MaxValue": 500}},
}


def definitions(document: dict[str, Any]) -> dict[str, dict[str, Any]]:
    job = plan(document)["TuningJob"]
    validate_request("CreateHyperParameterTuningJob", job)
    return {entry["DefinitionName"]: entry for entry in job["TrainingJobDefinitions"]}


def test_objective_and_ranges_stand_in_each_definition_and_not_in_the_config() -> None:
    config = plan(TWO)["TuningJob"]["HyperParameterTuningJobConfig"]
    assert not config.keys() & {"ParameterRanges", "HyperParameterTuningJobObjective"}
    dart = definitions(TWO)["dart"]
    assert dart["TuningObjective"] == {"Type": "Maximize", "MetricName": "validation:auc"}
    (eta,) = dart["HyperParameterRanges"]["ContinuousParameterRanges"]
    assert (eta["MinValue"], eta["MaxValue"]) == ("0.1", "0.5")


def test_a_definition_takes_from_the_whole_what_it_does_not_say() -> None:
    document = {
        "StoppingCondition": {"MaxRuntimeInSeconds": 600},
        "TrainingJobDefinitions": [
            {"DefinitionName": "short", "StoppingCondition": {"MaxRuntimeInSeconds": 60}},
            {"DefinitionName": "long", "Freeze": {"gamma": 0}},
        ],
    }
    made = definitions(document)
    limits = {name: d["StoppingCondition"]["MaxRuntimeInSeconds"] for name, d in made.items()}
    assert limits == {"short": 60, "long": 600}
    assert made["long"]["StaticHyperParameters"]["gamma"] == "0"


def test_endpoint_is_asked_in_what_every_algorithm_answers() -> None:
    assert plan(MIXED)["Samples"]["Accept"] == "application/json"
    assert plan(TWO)["Samples"]["Accept"] == "text/csv"


def test_content_types_of_one_format_may_be_spelled_differently() -> None:
    names = [("trees", "csv"), ("others", "text/csv")]
    entries = [{"DefinitionName": name, "ContentType": spelled} for name, spelled in names]
    assert definitions({"TrainingJobDefinitions": entries}).keys() == {"trees", "others"}


def test_another_algorithm_takes_no_hyperparameters_of_the_whole() -> None:
    mine = definitions({"TrainingJobDefinitions": [{"DefinitionName": "trees"}, IMAGE]})["mine"]
    assert mine["StaticHyperParameters"] == {}
    assert mine["AlgorithmSpecification"]["TrainingImage"].endswith("forest:1")


REFUSALS = {
    "a fault inside": (
        {"TrainingJobDefinitions": [{**DART, "Freeze": {"gama": 1}}]},
        "TrainingJobDefinitions.dart.Freeze.gama",
    ),
    "a field that is not there": (
        {"TrainingJobDefinitions": [{**DART, "Colour": "red"}]},
        "TrainingJobDefinitions.dart.Colour",
    ),
    "a name twice": (
        {"TrainingJobDefinitions": [DART, DART]},
        "TrainingJobDefinitions.dart.DefinitionName",
    ),
    "metrics of two directions": (
        {
            "TrainingJobDefinitions": [
                {"DefinitionName": "trees"},
                {**DART, "TuningObjective": {"MetricName": "LogLoss"}},
            ]
        },
        "TrainingJobDefinitions.dart.TuningObjective.MetricName",
    ),
    "data of two formats": (
        {**MIXED, "ContentType": "text/libsvm"},
        "TrainingJobDefinitions.linear.ContentType",
    ),
    "early stopping": (
        {**TWO, "TrainingJobEarlyStoppingType": "Auto"},
        "TrainingJobEarlyStoppingType",
    ),
    "warm start": (
        {**TWO, "WarmStartConfig": {"LatestParents": 1, "WarmStartType": "TransferLearning"}},
        "WarmStartConfig",
    ),
    "fewer jobs than definitions": (
        {**TWO, "ResourceLimits": {"MaxNumberOfTrainingJobs": 1}},
        "ResourceLimits.MaxNumberOfTrainingJobs",
    ),
    "an algorithm that nobody knows": (
        {"TrainingJobDefinitions": [{"DefinitionName": "trees", "Algorithm": "xgbost"}]},
        "TrainingJobDefinitions.trees.Algorithm",
    ),
    "a name that is no text": (
        {"TrainingJobDefinitions": [{"DefinitionName": 5}]},
        "TrainingJobDefinitions.0.DefinitionName",
    ),
    "more than SageMaker takes": (
        {"TrainingJobDefinitions": [{"DefinitionName": f"kind-{n}"} for n in range(11)]},
        "TrainingJobDefinitions",
    ),
    "a rollout that no alarm of the stack watches": (
        {
            **TWO,
            "Endpoint": {"EndpointName": "retune-b", "InitialInstanceCount": 2, "Rollout": {}},
        },
        "Endpoint.Rollout.Alarms",
    ),
    "a fault of the whole counts once": (
        {**TWO, "StrategyConfig": {}},
        "StrategyConfig.HyperbandStrategyConfig",
    ),
}


@pytest.mark.parametrize(("document", "field"), REFUSALS.values(), ids=REFUSALS.keys())
def test_what_cannot_work_is_refused_under_its_own_name(
    document: dict[str, Any], field: str
) -> None:
    assert refusal(document).field == field
