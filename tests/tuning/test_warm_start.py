"""A warm start: parents that fit, parents that do not, and the cold start that an input allows."""

from __future__ import annotations

import copy
from typing import Any

import pytest
from tuning.errors import InvalidInput

from tests.tuning.channel_store import store
from tests.tuning.plans import plan

PARENT = "retune-261101-00000001-00"
NAMED = [{"HyperParameterTuningJobName": PARENT}]


def parent(**changes: Any) -> dict[str, Any]:
    """The description of a tuning job that ran the defaults; SageMaker adds a hyperparameter."""
    job = copy.deepcopy(plan()["TuningJob"])
    job["TrainingJobDefinition"]["StaticHyperParameters"]["_tuning_objective_metric"] = "auc"
    return {
        **job,
        "HyperParameterTuningJobName": PARENT,
        "HyperParameterTuningJobStatus": "Completed",
        "TrainingJobStatusCounters": {"Completed": 20, "Stopped": 0},
        **changes,
    }


def warm(
    document: dict[str, Any] | None = None,
    jobs: dict[str, dict[str, Any]] | None = None,
    **config: int | str,
) -> dict[str, Any]:
    data = store()
    data.tuning_jobs = {PARENT: parent()} if jobs is None else jobs
    asked: dict[str, Any] = {"WarmStartType": "IdenticalDataAndAlgorithm", **config}
    if "LatestParents" not in config:
        asked = {"ParentHyperParameterTuningJobs": NAMED, **asked}
    return plan({**(document or {}), "WarmStartConfig": asked}, data=data)


def test_a_parent_that_fits_is_in_the_request_and_in_the_plan() -> None:
    made = warm()
    assert made["TuningJob"]["WarmStartConfig"] == {
        "ParentHyperParameterTuningJobs": NAMED,
        "WarmStartType": "IdenticalDataAndAlgorithm",
    }
    assert made["WarmStart"] == {
        "Started": "Warm",
        "Parents": [PARENT],
        "WarmStartType": "IdenticalDataAndAlgorithm",
        "LeftOut": [],
        "AdaptedRanges": [],
    }


def test_without_being_asked_there_is_no_warm_start() -> None:
    made = plan()
    assert "WarmStartConfig" not in made["TuningJob"]
    assert "WarmStart" not in made


def test_latest_parents_are_the_apps_newest_tuning_jobs() -> None:
    names = ("retune-a", "other-b", "retune-c", "retune-d")
    jobs = {name: parent(HyperParameterTuningJobName=name) for name in names}
    made = warm(jobs=jobs, LatestParents=2)
    assert made["WarmStart"]["Parents"] == ["retune-d", "retune-c"]


def with_image(job: dict[str, Any], image: str) -> dict[str, Any]:
    job["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"] = image
    return job


def with_static(job: dict[str, Any], **hyperparameters: str) -> dict[str, Any]:
    job["TrainingJobDefinition"]["StaticHyperParameters"] |= hyperparameters
    return job


MISFITS = {
    "missing": ({}, {}, "There is no tuning job"),
    "failed": ({PARENT: parent(HyperParameterTuningJobStatus="Failed")}, {}, "is Failed"),
    "running": ({PARENT: parent(HyperParameterTuningJobStatus="InProgress")}, {}, "InProgress"),
    "several definitions": ({PARENT: parent(TrainingJobDefinitions=[])}, {}, "several"),
    "other objective": (
        None,
        {"HyperParameterTuningJobObjective": {"MetricName": "validation:logloss"}},
        "tuned Maximize validation:auc, this one Minimize validation:logloss",
    ),
    "another hyperparameter": (
        None,
        {"Freeze": {"max_bin": "128"}},
        f"together must be those of tuning job {PARENT}: only it has none, only this one max_bin.",
    ),
    "one hyperparameter instead of another": (
        {PARENT: with_static(parent(), max_bin="128")},
        {"Freeze": {"max_leaves": "8"}},
        "only it has max_bin, only this one max_leaves.",
    ),
    "other environment": (
        None,
        {"Environment": {"STAGE": "test"}},
        f"Environment must be as in tuning job {PARENT}. SageMaker lets a warm start change",
    ),
    "isolated": (None, {"EnableNetworkIsolation": True}, "EnableNetworkIsolation must be as"),
    "retries": (None, {"RetryStrategy": {"MaximumRetryAttempts": 2}}, "RetryStrategy must be as"),
    "too many jobs": (
        {PARENT: parent(TrainingJobStatusCounters={"Completed": 740})},
        {},
        "there would be 760 training jobs",
    ),
    "other image": ({PARENT: with_image(parent(), "xgboost:1")}, {}, "the image xgboost:1"),
    "other data": (
        None,
        {
            "Channels": {
                "train": "s3://data-bucket/data/train/train.csv",
                "validation": "s3://data-bucket/data/validation/",
            }
        },
        "trained on other data",
    ),
}


@pytest.mark.parametrize(("jobs", "document", "words"), MISFITS.values(), ids=MISFITS.keys())
def test_a_parent_that_does_not_fit_is_refused(
    jobs: dict[str, dict[str, Any]] | None, document: dict[str, dict[str, str]], words: str
) -> None:
    with pytest.raises(InvalidInput, match=r"WarmStartConfig\.\w+ = .*") as refused:
        warm(document, jobs)
    assert words in str(refused.value)
    assert "ColdStart" in str(refused.value)


@pytest.mark.parametrize(("jobs", "document", "words"), MISFITS.values(), ids=MISFITS.keys())
def test_the_input_may_allow_a_cold_start_and_the_reason_is_told(
    jobs: dict[str, dict[str, Any]] | None, document: dict[str, dict[str, str]], words: str
) -> None:
    made = warm(document, jobs, OnIncompatible="ColdStart")
    assert "WarmStartConfig" not in made["TuningJob"]
    assert made["WarmStart"]["Started"] == "Cold"
    assert words in made["WarmStart"]["Reason"]


def test_transfer_learning_takes_another_image_and_other_data() -> None:
    jobs = {PARENT: with_image(parent(), "xgboost:1")}
    assert warm(jobs=jobs, WarmStartType="TransferLearning")["WarmStart"]["Started"] == "Warm"


def test_the_first_run_of_a_schedule_starts_cold() -> None:
    made = warm(jobs={}, LatestParents=1, OnIncompatible="ColdStart")
    assert "no earlier tuning job" in made["WarmStart"]["Reason"]


NUMBERS = ("max_bin", "max_leaves", "seed", "refresh_leaf", "num_parallel_tree", "verbosity")


def test_another_number_counts_as_one_change() -> None:
    job = with_static(parent(), **dict.fromkeys(NUMBERS, "2"))
    frozen = dict.fromkeys(NUMBERS, "1")
    assert warm({"Freeze": frozen}, {PARENT: job})["WarmStart"]["Started"] == "Warm"


def test_more_than_ten_changes_are_refused() -> None:
    """Of text each value counts, the old and the new; of a category each that was tuned."""
    categories = [{"Name": "booster", "Values": ["gbtree", "dart", "gblinear"]}]
    job = with_static(parent(), **dict.fromkeys(NUMBERS, "2"), tree_method="hist")
    job["HyperParameterTuningJobConfig"]["ParameterRanges"]["CategoricalParameterRanges"] = (
        categories
    )
    ten = {**dict.fromkeys(NUMBERS[1:], "1"), "max_bin": "2", "tree_method": "exact"}
    ten |= {"booster": "dart"}
    assert warm({"Freeze": ten}, {PARENT: job})["WarmStart"]["Started"] == "Warm"
    with pytest.raises(InvalidInput, match="count as 11 changes; SageMaker takes 10"):
        warm({"Freeze": {**ten, "gamma": "0"}}, {PARENT: job})


def test_another_version_of_the_image_is_the_same_algorithm() -> None:
    image = parent()["TrainingJobDefinition"]["AlgorithmSpecification"]["TrainingImage"]
    repository, _, tag = image.partition(":")
    assert tag == "3.0-5"
    for other in (f"{repository}:1.7-1", f"{repository}@sha256:{'0' * 64}"):
        jobs = {PARENT: with_image(parent(), other)}
        assert warm(jobs=jobs)["WarmStart"]["Started"] == "Warm"


def test_switch_that_sagemaker_shows_as_off_is_no_change() -> None:
    job = parent()
    job["TrainingJobDefinition"]["EnableNetworkIsolation"] = False
    assert warm(jobs={PARENT: job})["WarmStart"]["Started"] == "Warm"


def test_a_hyperparameter_keeps_its_kind() -> None:
    job = parent()
    ranges = job["HyperParameterTuningJobConfig"]["ParameterRanges"]
    ranges["ContinuousParameterRanges"] += ranges.pop("IntegerParameterRanges")
    with pytest.raises(InvalidInput, match="max_depth is Continuous in tuning job"):
        warm(jobs={PARENT: job})
