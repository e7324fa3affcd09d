"""How training jobs run: what the input says reaches the request, contradictions are refused."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.sagemaker.request_validation import validate_request

from tests.tuning.plans import config, definition, plan
from tests.tuning.refusals import refusal

KEY = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"
SPOT = {"EnableManagedSpotTraining": True}

AS_GIVEN = {
    "VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1", "subnet-2"]},
    "EnableNetworkIsolation": True,
    "EnableInterContainerTrafficEncryption": True,
    "RetryStrategy": {"MaximumRetryAttempts": 3},
    "Environment": {"TZ": "UTC"},
    "CheckpointConfig": {"S3Uri": "s3://my-bucket/checkpoints/", "LocalPath": "/opt/ml/c"},
    "HyperParameterTuningResourceConfig": {
        "AllocationStrategy": "Prioritized",
        "VolumeKmsKeyId": KEY,
        "InstanceConfigs": [
            {"InstanceType": "ml.m5.large", "InstanceCount": 1, "VolumeSizeInGB": 10},
            {"InstanceType": "ml.c5.xlarge", "InstanceCount": 2, "VolumeSizeInGB": 20},
        ],
    },
    "ResourceConfig": {
        "InstanceType": "ml.m5.large",
        "InstanceCount": 1,
        "VolumeSizeInGB": 10,
        "VolumeKmsKeyId": KEY,
        "KeepAlivePeriodInSeconds": 600,
    },
}


@pytest.mark.parametrize(("field", "value"), AS_GIVEN.items(), ids=AS_GIVEN.keys())
def test_a_field_reaches_the_request_as_it_is_given(
    field: str, value: bool | dict[str, Any]
) -> None:
    job = plan({field: value})["TuningJob"]
    validate_request("CreateHyperParameterTuningJob", job)
    assert job["TrainingJobDefinition"][field] == value
    assert field == "ResourceConfig" or field not in definition({})


def test_flexible_machines_take_the_place_of_the_fixed_ones() -> None:
    field = "HyperParameterTuningResourceConfig"
    assert "ResourceConfig" not in definition({field: AS_GIVEN[field]})


def test_retraining_runs_on_the_first_choice_and_like_tuning() -> None:
    field = "HyperParameterTuningResourceConfig"
    retrain = {"Channels": {"train": "s3://data-bucket/data/train/"}}
    document = {field: AS_GIVEN[field], "VpcConfig": AS_GIVEN["VpcConfig"], "Retrain": retrain}
    made = plan(document)["Retrain"]
    assert made["ResourceConfig"]["InstanceType"] == "ml.m5.large"
    assert made["ResourceConfig"]["VolumeKmsKeyId"] == KEY
    assert made["VpcConfig"] == AS_GIVEN["VpcConfig"]


def test_artefacts_stay_in_the_runs_folder_under_their_key() -> None:
    assert definition({"OutputDataConfig": {"KmsKeyId": KEY}})["OutputDataConfig"] == {
        "S3OutputPath": "s3://data-bucket/runs/monday/training",
        "KmsKeyId": KEY,
    }


def test_spot_training_waits_as_long_as_it_may_run_unless_given() -> None:
    limits = definition(SPOT)["StoppingCondition"]
    assert limits == {"MaxRuntimeInSeconds": 3600, "MaxWaitTimeInSeconds": 3600}


def test_checkpoints_lie_in_the_runs_folder_unless_given() -> None:
    made = definition({**SPOT, "CheckpointConfig": {}})
    assert made["CheckpointConfig"] == {"S3Uri": "s3://data-bucket/runs/monday/checkpoints"}


def test_tags_stand_beside_retunes_own() -> None:
    tags = plan({"Tags": [{"Key": "team", "Value": "risk"}]})["TuningJob"]["Tags"]
    assert [tag["Key"] for tag in tags] == [
        "application",
        "retune:prefix",
        "retune:endpoint",
        "retune:execution",
        "team",
    ]


def test_autotune_gets_hints_and_decides_on_early_stopping() -> None:
    document = {
        "Autotune": {"Mode": "Enabled"},
        "ParameterRanges": {
            "eta": {"ValueHint": 0.3},
            "max_depth": {"MinValue": 3, "MaxValue": 10},
        },
    }
    job = plan(document)["TuningJob"]
    validate_request("CreateHyperParameterTuningJob", job)
    assert job["Autotune"] == {"Mode": "Enabled"}
    ranges = job["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert ranges["AutoParameters"] == [{"Name": "eta", "ValueHint": "0.3"}]
    assert "TrainingJobEarlyStoppingType" not in config(document)
    asked = {**document, "TrainingJobEarlyStoppingType": "Off"}
    assert config(asked)["TrainingJobEarlyStoppingType"] == "Off"


def test_a_frozen_default_is_static_and_the_others_stay() -> None:
    made = plan({"Freeze": {"gamma": 0}})["TuningJob"]
    ranges = made["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert [r["Name"] for entries in ranges.values() for r in entries] == ["max_depth", "eta"]
    assert made["TrainingJobDefinition"]["StaticHyperParameters"] == {
        "objective": "binary:logistic",
        "num_round": "100",
        "eval_metric": "auc",
        "gamma": "0",
    }


REFUSALS = {
    "spot beyond an hour": (
        {**SPOT, "StoppingCondition": {"MaxRuntimeInSeconds": 7200}},
        "StoppingCondition.MaxWaitTimeInSeconds",
        "give CheckpointConfig",
    ),
    "waits less than it runs": (
        {**SPOT, "StoppingCondition": {"MaxRuntimeInSeconds": 99, "MaxWaitTimeInSeconds": 98}},
        "StoppingCondition.MaxWaitTimeInSeconds",
        "Use at least 99.",
    ),
    "waits without spot": (
        {"StoppingCondition": {"MaxWaitTimeInSeconds": 9999}},
        "StoppingCondition.MaxWaitTimeInSeconds",
        "EnableManagedSpotTraining",
    ),
    "tag of Retune": ({"Tags": [{"Key": "retune:x", "Value": ""}]}, "Tags", "another key"),
    "tag twice": ({"Tags": [{"Key": "a", "Value": ""}] * 2}, "Tags", "more than once"),
    "hint without Autotune": (
        {"ParameterRanges": {"eta": {"ValueHint": "0.3"}}},
        "ParameterRanges.eta.ValueHint",
        "Give MinValue and MaxValue",
    ),
    "warm start of Hyperband": (
        {
            "Strategy": "Hyperband",
            "StrategyConfig": {"HyperbandStrategyConfig": {"MaxResource": 9}},
            "WarmStartConfig": {"LatestParents": 1, "WarmStartType": "TransferLearning"},
        },
        "WarmStartConfig",
        "Bayesian or Random",
    ),
    "dearer than allowed": (
        {"MaxInstanceSeconds": 71_999},
        "MaxInstanceSeconds",
        "can train for 72000 instance-seconds",
    ),
    "isolated and streaming": (
        {
            "EnableNetworkIsolation": True,
            "AlgorithmSpecification": {"TrainingImage": "x:1", "TrainingInputMode": "Pipe"},
            "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "f1"},
            "ParameterRanges": {"a": {"Type": "Continuous", "MinValue": 0, "MaxValue": 1}},
        },
        "EnableNetworkIsolation",
        "Use File.",
    ),
}


@pytest.mark.parametrize(("document", "field", "words"), REFUSALS.values(), ids=REFUSALS.keys())
def test_contradiction_is_refused(document: dict[str, Any], field: str, words: str) -> None:
    fault = refusal(document)
    assert fault.field == field
    assert words in str(fault)


def test_deployed_key_of_machines_that_are_not_used_is_not_lost_without_a_word() -> None:
    field = "HyperParameterTuningResourceConfig"
    deployed = {"ResourceConfig": {"VolumeKmsKeyId": KEY}}
    fault = refusal({field: AS_GIVEN[field]}, defaults=deployed)
    assert fault.field == "ResourceConfig.VolumeKmsKeyId"
    assert "Move" in fault.fix


@pytest.mark.parametrize(
    ("document", "seconds"),
    [
        ({}, 20 * 3600),
        ({"ResourceLimits": {"MaxRuntimeInSeconds": 600}}, 3 * 600),
        ({"ResourceConfig": {"InstanceCount": 2}}, 2 * 20 * 3600),
        ({"Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}}}, 21 * 3600),
    ],
    ids=["jobs", "limit of the whole", "instances", "retraining"],
)
def test_bound_of_what_a_run_can_train(document: dict[str, Any], seconds: int) -> None:
    assert plan(document)["CostBound"]["InstanceSeconds"] == seconds


def test_bound_names_every_machine_that_trains() -> None:
    retrain = {
        "Channels": {"train": "s3://data-bucket/data/train/"},
        "ResourceConfig": {"InstanceType": "ml.c5.4xlarge"},
    }
    types = plan({"Retrain": retrain})["CostBound"]["InstanceTypes"]
    assert types == ["ml.c5.4xlarge", "ml.m5.large"]
