"""Retraining the winner of an earlier tuning job, instead of tuning again."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.errors import InvalidInput

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import plan
from tests.tuning.test_warm_start import PARENT, parent

BEST = {"TrainingJobName": f"{PARENT}-007-0a1b2c3d"}


def retrain(earlier: dict[str, Any] | None, **fields: Any) -> dict[str, Any]:
    data = store(larger=ROWS)
    data.tuning_jobs = {PARENT: earlier} if earlier else {}
    return plan({"Retrain": {"TuningJobName": PARENT, **fields}}, data=data)


def channels_of(request: dict[str, Any]) -> dict[str, str]:
    return {
        channel["ChannelName"]: channel["DataSource"]["S3DataSource"]["S3Uri"]
        for channel in request["InputDataConfig"]
    }


def test_its_best_training_job_is_trained_on_the_data_of_today() -> None:
    made = retrain(parent(BestTrainingJob=BEST))
    assert made["EarlierTuningJob"] == PARENT
    assert channels_of(made["Retrain"]) == {
        "train": "s3://data-bucket/data/train/",
        "validation": "s3://data-bucket/data/validation/",
    }


def test_or_on_other_channels() -> None:
    made = retrain(
        parent(BestTrainingJob=BEST), Channels={"train": "s3://data-bucket/data/larger/"}
    )
    assert channels_of(made["Retrain"])["train"] == "s3://data-bucket/data/larger/"


def test_only_retraining_counts_for_what_the_run_can_cost() -> None:
    bound = retrain(parent(BestTrainingJob=BEST))["CostBound"]
    assert bound["TuningInstanceSeconds"] == 0
    assert bound["InstanceSeconds"] == bound["RetrainInstanceSeconds"] > 0


def test_nothing_is_tuned_so_that_a_warm_start_has_nothing_to_warm() -> None:
    data = store()
    data.tuning_jobs = {PARENT: parent(BestTrainingJob=BEST)}
    warm = {"WarmStartType": "TransferLearning", "LatestParents": 1}
    made = plan({"Retrain": {"TuningJobName": PARENT}, "WarmStartConfig": warm}, data=data)
    assert "WarmStart" not in made


@pytest.mark.parametrize(
    ("earlier", "words"),
    [
        (None, "There is no tuning job"),
        (parent(HyperParameterTuningJobStatus="InProgress"), "is InProgress"),
        (parent(BestTrainingJob={}), "has no best training job"),
        (parent(), "has no best training job"),
    ],
)
def test_tuning_job_without_a_winner_is_refused(earlier: dict[str, Any] | None, words: str) -> None:
    with pytest.raises(InvalidInput, match=rf"Retrain\.TuningJobName = '{PARENT}'.*{words}"):
        retrain(earlier)


def test_tuning_job_of_another_algorithm_is_refused() -> None:
    earlier = parent(BestTrainingJob=BEST)
    specification = earlier["TrainingJobDefinition"]["AlgorithmSpecification"]
    registry, _, _ = specification["TrainingImage"].rpartition("/")
    specification["TrainingImage"] = f"{registry}/linear-learner:1"
    with pytest.raises(
        InvalidInput, match="tuned linear-learner, and this input is for sagemaker-xgboost"
    ):
        retrain(earlier)


def test_another_version_of_the_image_is_the_same_algorithm() -> None:
    earlier = parent(BestTrainingJob=BEST)
    specification = earlier["TrainingJobDefinition"]["AlgorithmSpecification"]
    registry, _, _ = specification["TrainingImage"].rpartition(":")
    specification["TrainingImage"] = f"{registry}:1.7-1"
    assert retrain(earlier)["EarlierTuningJob"] == PARENT
