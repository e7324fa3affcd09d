"""Tuning jobs that start from what others have found."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_sagemaker.random_search import RandomSearch
from tests.local_sagemaker.server import HYPERPARAMETERS, LocalSageMaker, new_name, tuning_request
from tests.local_sagemaker.waiting import wait_for_tuning

METRIC = "FinalHyperParameterTuningJobObjectiveMetric"


def run(local: LocalSageMaker, request: dict[str, Any]) -> dict[str, Any]:
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    assert job["HyperParameterTuningJobStatus"] == "Completed", job
    return job


@pytest.fixture(scope="module")
def parent(local: LocalSageMaker) -> dict[str, Any]:
    return run(local, tuning_request(new_name("parent"), jobs=3, parallel=3))


def child(parent: dict[str, Any], type_: str) -> dict[str, Any]:
    request = tuning_request(new_name("child"), jobs=1, parallel=1)
    names = [{"HyperParameterTuningJobName": parent["HyperParameterTuningJobName"]}]
    request["WarmStartConfig"] = {"ParentHyperParameterTuningJobs": names, "WarmStartType": type_}
    return request


@pytest.mark.parametrize("type_", ["IdenticalDataAndAlgorithm", "TransferLearning"])
def test_the_search_learns_every_training_job_of_the_parent(
    local: LocalSageMaker, parent: dict[str, Any], type_: str
) -> None:
    run(local, child(parent, type_))
    search = RandomSearch.latest
    assert search.transfer is (type_ == "TransferLearning")
    (observations,) = search.parents
    best = max(observations, key=lambda observation: observation.value)
    expected = HYPERPARAMETERS | parent["BestTrainingJob"]["TunedHyperParameters"]
    assert len(observations) == 3
    assert expected.items() <= best.hyperparameters.items()
    assert best.value == parent["BestTrainingJob"][METRIC]["Value"]


def test_identical_data_and_algorithm_show_the_best_of_parent_and_child(
    local: LocalSageMaker, parent: dict[str, Any]
) -> None:
    job = run(local, child(parent, "IdenticalDataAndAlgorithm"))
    best = max(
        (parent["BestTrainingJob"], job["BestTrainingJob"]), key=lambda b: b[METRIC]["Value"]
    )
    overall = job["OverallBestTrainingJob"]
    assert overall["TrainingJobName"] == best["TrainingJobName"]
    assert overall["TrainingJobName"].startswith(overall["TuningJobName"])


def test_autotune_learns_from_autotune_and_its_parent_may_be_named_twice(
    local: LocalSageMaker,
) -> None:
    """What it chooses itself is no difference to the parent, where Describe shows the choice."""
    auto = {"ParameterRanges": {"AutoParameters": [{"Name": "eta", "ValueHint": "0.2"}]}}
    request = tuning_request(new_name("auto"), jobs=1, parallel=1)
    request["HyperParameterTuningJobConfig"] |= auto
    request["Autotune"] = {"Mode": "Enabled"}
    parent = run(local, request)
    assert "RetryStrategy" in parent["TrainingJobDefinition"]
    start = child(parent, "TransferLearning")["WarmStartConfig"]
    start["ParentHyperParameterTuningJobs"] *= 2
    name = new_name("child")
    run(local, request | {"HyperParameterTuningJobName": name, "WarmStartConfig": start})
    (observations,) = RandomSearch.latest.parents
    assert len(observations) == 1


def test_transfer_learning_promises_no_overall_best(
    local: LocalSageMaker, parent: dict[str, Any]
) -> None:
    assert "OverallBestTrainingJob" not in run(local, child(parent, "TransferLearning"))


def test_searched_hyperparameter_may_become_static_and_static_searched(
    local: LocalSageMaker, parent: dict[str, Any]
) -> None:
    request = child(parent, "TransferLearning")
    static = request["TrainingJobDefinition"]["StaticHyperParameters"] | {"eta": "0.2"}
    del static["num_round"]
    request["TrainingJobDefinition"]["StaticHyperParameters"] = static
    ranges = request["HyperParameterTuningJobConfig"]["ParameterRanges"]
    del ranges["ContinuousParameterRanges"]
    ranges["IntegerParameterRanges"].append({"Name": "num_round", "MinValue": "2", "MaxValue": "6"})
    assert run(local, request)["BestTrainingJob"]["ObjectiveStatus"] == "Succeeded"
