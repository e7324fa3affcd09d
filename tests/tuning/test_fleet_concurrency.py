"""A fleet starts no more runs at a time than the account's quotas hold."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.planning.fleet_concurrency import held_at_once, most_needed

TRAINING, SPOT = "ml.m5.large for training job usage", "ml.m5.large for spot training job usage"
TRANSFORM, ALL = "ml.m5.large for transform job usage", "Number of instances across all "
THREE = {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 3}
OTHER = {"InstanceType": "ml.c5.xlarge", "InstanceCount": 2}
RETRAIN = {"Retrain": {"Channels": {"train": "s3://lake/all/"}, "ResourceConfig": OTHER}}


def needed(**model: Any) -> dict[str, int]:
    return dict(most_needed({"ModelName": "bank", **model}, "retune", {}))


def test_run_has_its_parallel_jobs_at_once_and_then_its_transform_job() -> None:
    assert needed(ResourceLimits=THREE) == {
        TRAINING: 3,
        f"{ALL}training jobs": 3,
        TRANSFORM: 1,
        f"{ALL}transform jobs": 1,
    }


@pytest.mark.parametrize(
    ("model", "quota", "count"),
    [
        ({"EnableManagedSpotTraining": True}, SPOT, 3),
        ({"ResourceConfig": OTHER}, "ml.c5.xlarge for training job usage", 6),
        (RETRAIN, "ml.c5.xlarge for training job usage", 2),
        ({"Evaluation": {"TopK": 5}}, TRANSFORM, 3),
        (
            {
                "HyperParameterTuningResourceConfig": {
                    "InstanceConfigs": [{"InstanceType": "ml.m5.large"}, OTHER]
                }
            },
            "ml.c5.xlarge for training job usage",
            6,
        ),
        (
            {
                "TrainingJobDefinitions": [
                    {"DefinitionName": "trees"},
                    {"DefinitionName": "lines", "Algorithm": "linear-learner"},
                ]
            },
            TRAINING,
            3,
        ),
    ],
    ids=["spot", "instances of a job", "retraining", "trials", "a choice", "definitions"],
)
def test_dearest_moment_counts(model: dict[str, Any], quota: str, count: int) -> None:
    assert needed(ResourceLimits=THREE, **model)[quota] == count


def test_run_without_a_test_channel_has_no_transform_job() -> None:
    channels = {"train": "s3://lake/train/", "validation": "s3://lake/validation/"}
    assert TRANSFORM not in needed(Channels=channels)


def test_model_that_would_be_refused_has_nothing() -> None:
    assert needed(ParameterRanges={"eta": {"MinValue": 3, "MaxValue": 2}}) == {}


def test_as_many_runs_as_the_smallest_quota_holds_whichever_they_are() -> None:
    runs = [{TRAINING: 3}, {TRAINING: 1}, {TRAINING: 2, TRANSFORM: 1}]
    assert held_at_once(3, runs, {TRAINING: 6}) == (3, "")
    held, why = held_at_once(3, runs, {TRAINING: 5, TRANSFORM: 1})
    assert held == 2
    assert why == (
        "2 at a time, not 3 (fleet_concurrency): the account's quota 'ml.m5.large for training job "
        "usage' is 5, and 3 runs may need 6."
    )


def test_run_that_the_quota_refuses_alone_takes_nothing_from_the_others() -> None:
    assert held_at_once(3, [{TRAINING: 9}, {TRAINING: 1}, {TRAINING: 1}], {TRAINING: 2}) == (3, "")
    assert held_at_once(3, [{TRAINING: 2}, {TRAINING: 2}], {TRAINING: 2})[0] == 1


def test_dearest_runs_may_be_those_that_meet() -> None:
    assert held_at_once(3, [{TRAINING: 1}, {TRAINING: 1}, {TRAINING: 3}], {TRAINING: 4})[0] == 2
    assert held_at_once(3, [{TRAINING: 1}, {TRAINING: 1}, {TRAINING: 3}], {TRAINING: 3})[0] == 1


def test_more_than_is_asked_for_is_not_done() -> None:
    assert held_at_once(3, [{TRAINING: 1}] * 9, {TRAINING: 5}) == (3, "")
    assert held_at_once(3, [], {}) == (3, "")
