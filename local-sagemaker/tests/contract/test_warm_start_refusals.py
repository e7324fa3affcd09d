"""Warm starts that the service refuses: what the guide asks of parents and children."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.contract.refusal import Change, refusal
from tests.local_sagemaker.server import (
    BUCKET,
    ENDLESS,
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_tuning

STATIC = HYPERPARAMETERS | {"tree_method": "hist", "seed": "1"}


def parent_request(name: str, static: dict[str, str] = STATIC) -> dict[str, Any]:
    request = tuning_request(name, jobs=1, parallel=1, static=static)
    categories = [{"Name": "subsample", "Values": [str(n / 10) for n in range(1, 10)]}]
    ranges(request)["CategoricalParameterRanges"] = categories
    return request


@pytest.fixture(scope="module")
def parent(local: LocalSageMaker) -> str:
    name = new_name("parent")
    local.sagemaker.create_hyper_parameter_tuning_job(**parent_request(name))
    assert wait_for_tuning(local, name)["HyperParameterTuningJobStatus"] == "Completed"
    return name


def ranges(request: dict[str, Any]) -> Any:
    return request["HyperParameterTuningJobConfig"]["ParameterRanges"]


def definition(request: dict[str, Any]) -> Any:
    return request["TrainingJobDefinition"]


def freeze_subsample_and_change_the_text(request: dict[str, Any]) -> None:
    """Nine values of a category and two texts: 11 changes."""
    del ranges(request)["CategoricalParameterRanges"]
    definition(request)["StaticHyperParameters"] |= {"subsample": "0.5", "tree_method": "exact"}


def search_other_channel(request: dict[str, Any]) -> None:
    source = definition(request)["InputDataConfig"][0]["DataSource"]["S3DataSource"]
    source["S3Uri"] = f"s3://{BUCKET}/data/validation/"


REFUSALS: dict[str, tuple[Change, str]] = {
    "another objective": (
        lambda r: r["HyperParameterTuningJobConfig"]["HyperParameterTuningJobObjective"].update(
            MetricName="validation:error", Type="Minimize"
        ),
        "differs from that of parent",
    ),
    "another set of hyperparameters": (
        lambda r: definition(r)["StaticHyperParameters"].update(gamma="1"),
        "The set of tunable plus static HyperParameter names is not the same across current and "
        "parent tuning jobs.",
    ),
    "another type of hyperparameter": (
        lambda r: ranges(r).update(
            IntegerParameterRanges=[],
            CategoricalParameterRanges=[
                *ranges(r)["CategoricalParameterRanges"],
                {"Name": "max_depth", "Values": ["3", "4"]},
            ],
        ),
        "'max_depth' is Categorical; in parent",
    ),
    "too many changes": (freeze_subsample_and_change_the_text, "make 11 changes to parent"),
    "another environment": (
        lambda r: definition(r).update(Environment={"STAGE": "other"}),
        "Only the following fields in TrainingJobDefinition are allowed to change: "
        "[algorithmSpecification, inputDataConfig,",
    ),
    "other data": (search_other_channel, "needs the input data of parent"),
    "another image": (
        lambda r: definition(r)["AlgorithmSpecification"].update(
            TrainingImage="811284229777.dkr.ecr.us-east-1.amazonaws.com/xgboost:1"
        ),
        "needs the training image of parent",
    ),
    "a strategy that learns nothing": (
        lambda r: r["HyperParameterTuningJobConfig"].update(
            Strategy="Grid",
            ParameterRanges={"CategoricalParameterRanges": ranges(r)["CategoricalParameterRanges"]},
            ResourceLimits={"MaxParallelTrainingJobs": 1},
        ),
        "The strategy Grid takes no WarmStartConfig",
    ),
    "more training jobs than parents leave": (
        lambda r: r["HyperParameterTuningJobConfig"]["ResourceLimits"].update(
            MaxNumberOfTrainingJobs=750
        ),
        "there would be more than 750",
    ),
}


def child_request(parent: str) -> dict[str, Any]:
    request = copy.deepcopy(parent_request(new_name("child")))
    request["WarmStartConfig"] = {
        "ParentHyperParameterTuningJobs": [{"HyperParameterTuningJobName": parent}],
        "WarmStartType": "IdenticalDataAndAlgorithm",
    }
    return request


@pytest.mark.parametrize(("change", "message"), REFUSALS.values(), ids=REFUSALS)
def test_warm_start_is_refused(
    local: LocalSageMaker, parent: str, change: Change, message: str
) -> None:
    request = child_request(parent)
    change(request)
    code, got = refusal(local.sagemaker.create_hyper_parameter_tuning_job, request)
    assert code == "ValidationException"
    assert message in got


def test_other_data_and_another_version_are_fine_for_transfer_learning(
    local: LocalSageMaker, parent: str
) -> None:
    request = child_request(parent)
    search_other_channel(request)
    request["WarmStartConfig"]["WarmStartType"] = "TransferLearning"
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    assert job["HyperParameterTuningJobStatus"] == "Completed"


def test_parent_must_have_ended(local: LocalSageMaker) -> None:
    running = new_name("running")
    request = parent_request(running, static=STATIC | ENDLESS)
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    _, message = refusal(local.sagemaker.create_hyper_parameter_tuning_job, child_request(running))
    local.sagemaker.stop_hyper_parameter_tuning_job(HyperParameterTuningJobName=running)
    assert f"'{running}' is InProgress; it must be Completed or Stopped" in message
    wait_for_tuning(local, running)
