"""No tuning is paid for whose training, scoring or endpoint the account's quotas do not allow."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.planning.quota_needs import SCORED_AT_ONCE, Need, later, needs, update

from tests.end_to_end.conftest import ROOT
from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import evaluated_plan, make_plan

TRAINING, SPOT = "ml.m5.large for training job usage", "ml.m5.large for spot training job usage"
TRANSFORM, ENDPOINT = "ml.m5.large for transform job usage", "ml.m5.large for endpoint usage"
DATA = store(test=ROWS, larger=ROWS)
PARALLEL = {"MaxNumberOfTrainingJobs": 20, "MaxParallelTrainingJobs": 4}

RETRAIN = {
    "Retrain": {
        "Channels": {"train": "s3://data-bucket/data/larger/"},
        "ResourceConfig": {"InstanceType": "ml.c5.xlarge", "InstanceCount": 1},
    }
}


def faults(found: list[Need], **values: float) -> list[str]:
    return [str(fault) for need in found if (fault := need.fault(values))]


def refused(document: dict[str, Any], quota: str, value: float) -> str:
    (fault,) = faults(needs(make_plan(document, data=DATA)), **{quota: value})
    return fault


def test_parallel_training_jobs_need_their_instances_at_once() -> None:
    document = {"ResourceLimits": PARALLEL}
    assert refused(document, TRAINING, 3) == (
        "ResourceConfig.InstanceType = 'ml.m5.large': The account's quota 'ml.m5.large for "
        "training job usage' is 3, and 4 training jobs at once need 4. Request an "
        "increase in Service Quotas (Amazon SageMaker), lower "
        "ResourceLimits.MaxParallelTrainingJobs or use another instance type."
    )
    assert not faults(needs(evaluated_plan(document)), **{TRAINING: 4})


@pytest.mark.parametrize(
    ("document", "quota"),
    [
        ({}, TRANSFORM),
        ({}, ENDPOINT),
        ({}, "Number of instances across all training jobs"),
        ({}, "Number of instances across all transform jobs"),
        ({}, "Number of instances across active endpoints"),
        ({"EnableManagedSpotTraining": True}, SPOT),
        (RETRAIN, "ml.c5.xlarge for training job usage"),
    ],
)
def test_quota_of_zero_refuses_the_run_before_it_costs(
    document: dict[str, Any], quota: str
) -> None:
    assert f"'{quota}' is 0" in refused(document, quota, 0)


@pytest.mark.parametrize(
    ("document", "quota"),
    [
        ({"DryRun": True}, ENDPOINT),
        ({"Endpoint": {"Serverless": {"MemorySizeInMB": 2048, "MaxConcurrency": 5}}}, ENDPOINT),
        ({"EnableManagedSpotTraining": True}, TRAINING),
    ],
)
def test_quota_that_the_run_does_not_count_against_is_none_of_its(
    document: dict[str, Any], quota: str
) -> None:
    assert not faults(needs(make_plan(document)), **{quota: 0})


def test_quota_that_is_not_listed_refuses_nothing() -> None:
    assert not faults(needs(evaluated_plan()))


def test_best_trials_are_scored_at_once_but_no_more_than_the_workflow_does() -> None:
    states = json.loads((ROOT / "statemachine" / "retune.asl.json").read_text())
    (branch,) = states["States"]["Retune"]["Branches"]
    assert branch["States"]["ScoreTrials"]["MaxConcurrency"] == SCORED_AT_ONCE
    for asked, needed in ((1, 1), (2, 2), (5, 3)):
        found = needs(evaluated_plan({"Evaluation": {"TopK": asked}}))
        assert not faults(found, **{TRANSFORM: needed})
        assert faults(found, **{TRANSFORM: needed - 1})


def test_one_of_several_instance_types_is_enough() -> None:
    configs = [
        {"InstanceType": kind, "InstanceCount": 1, "VolumeSizeInGB": 10}
        for kind in ("ml.m5.large", "ml.m5.xlarge")
    ]
    document = {"HyperParameterTuningResourceConfig": {"InstanceConfigs": configs}}
    other = "ml.m5.xlarge for training job usage"
    found = needs(make_plan(document))
    assert not faults(found, **{TRAINING: 0})
    assert faults(found, **{TRAINING: 0, other: 0})


def test_update_needs_a_second_fleet_beside_the_one_that_serves() -> None:
    need = update(make_plan(), {"ml.m5.large": 2})  # whose number the update keeps
    assert need is not None
    assert not need.fault({ENDPOINT: 4})
    assert "starts new instances beside those that serve, needs 4" in str(need.fault({ENDPOINT: 3}))


def test_fleet_of_another_type_counts_in_the_total_alone() -> None:
    need = update(make_plan(), {"ml.c5.large": 1})
    assert need is not None
    assert not need.fault({ENDPOINT: 1})
    assert need.fault({"Number of instances across active endpoints": 1})


def test_what_a_first_deployment_leaves_no_room_for_is_a_warning() -> None:
    scaling = {"MinCapacity": 1, "MaxCapacity": 8, "InvocationsPerInstance": 100}
    found = later(make_plan({"Endpoint": {"AutoScaling": scaling}}))
    next_update, most = faults(found, **{ENDPOINT: 1})
    assert "the next update, which starts new instances beside the old ones, will need 2" in (
        next_update
    )
    assert "autoscaling may ask for 8" in most
