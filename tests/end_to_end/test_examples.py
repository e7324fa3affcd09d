"""Kinds of execution inputs that differ in the request, from examples/ to a deployed model."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment

EXAMPLES = Path(__file__).parents[2] / "examples"
SMALL = {"ResourceLimits": {"MaxNumberOfTrainingJobs": 2, "MaxParallelTrainingJobs": 2}}


def run(
    deployment: Deployment, example: str, **fields: Any
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Summary and tuning job of an example with a small budget."""
    document = json.loads((EXAMPLES / f"{example}.json").read_text()) | SMALL | fields
    described = deployment.run(document)
    assert described["status"] == "SUCCEEDED", described
    summary = json.loads(described["output"])
    job = deployment.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=summary["TuningJobName"]
    )
    return summary, job


@pytest.mark.parametrize(
    ("example", "members"),
    [
        ("spot", {"EnableManagedSpotTraining", "CheckpointConfig", "RetryStrategy"}),
        ("instance_flexibility", {"HyperParameterTuningResourceConfig"}),
    ],
    ids=["spot", "instance flexibility"],
)
def test_optional_members_reach_sagemaker_through_the_state_machine(
    deployment: Deployment, example: str, members: set[str]
) -> None:
    _, job = run(deployment, example)
    assert members <= set(job["TrainingJobDefinition"])


def test_several_definitions_are_tried_and_the_best_of_all_is_deployed(
    deployment: Deployment,
) -> None:
    limits = {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 3}
    endpoint = {"InterfaceMayChange": True}  # which trees alone serve by now
    document = {"ResourceLimits": limits, "Endpoint": endpoint}
    summary, job = run(deployment, "several_definitions", **document)
    images = {
        definition["DefinitionName"]: definition["AlgorithmSpecification"]["TrainingImage"]
        for definition in job["TrainingJobDefinitions"]
    }
    assert set(images) == {"trees", "trees-with-dropout", "linear"}
    assert "linear-learner" in images["linear"]
    assert job["TrainingJobStatusCounters"]["Completed"] == 3
    assert summary["BestTrainingJob"] == job["BestTrainingJob"]["TrainingJobName"]
    assert summary["Value"] > 0.5


def test_linear_model_that_beats_the_trees_is_deployed(deployment: Deployment) -> None:
    """Asked for JSON, which both algorithms answer."""
    stump = {"objective": "binary:logistic", "eval_metric": "auc", "num_round": 1, "max_depth": 1}
    trees = {
        "DefinitionName": "trees",
        "StaticHyperParameters": stump,
        "HyperParameterRanges": {"eta": {"MinValue": 0.01, "MaxValue": 0.3}},
    }
    linear = {
        "DefinitionName": "linear",
        "Algorithm": "linear-learner",
        "HyperParameterRanges": {"learning_rate": {"MinValue": 0.05, "MaxValue": 0.1}},
    }
    described = deployment.run({**SMALL, "TrainingJobDefinitions": [trees, linear]})
    assert described["status"] == "SUCCEEDED", described
    summary = json.loads(described["output"])
    best = deployment.client("sagemaker").describe_training_job(
        TrainingJobName=summary["BestTrainingJob"]
    )
    assert "linear-learner" in best["AlgorithmSpecification"]["TrainingImage"]


def test_warm_start_finds_the_latest_tuning_job(deployment: Deployment) -> None:
    first, _ = run(deployment, "freeze")
    second, job = run(deployment, "warm_start")
    parent = first["TuningJobName"]
    warm_start = second["WarmStart"]
    assert (warm_start["Started"], warm_start["Parents"]) == ("Warm", [parent])
    assert job["WarmStartConfig"]["ParentHyperParameterTuningJobs"] == [
        {"HyperParameterTuningJobName": parent}
    ]
