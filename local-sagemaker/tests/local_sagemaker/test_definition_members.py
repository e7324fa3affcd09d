"""What a training job definition may ask for beside algorithm and data: spot, checkpoints, VPC."""

from __future__ import annotations

from typing import Any

import pytest

from tests.local_sagemaker.server import (
    BUCKET,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_training, wait_for_tuning

KEY = "arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab"
MEMBERS: dict[str, Any] = {
    "EnableManagedSpotTraining": True,
    "StoppingCondition": {"MaxRuntimeInSeconds": 600, "MaxWaitTimeInSeconds": 900},
    "EnableNetworkIsolation": True,
    "EnableInterContainerTrafficEncryption": True,
    "VpcConfig": {"SecurityGroupIds": ["sg-1"], "Subnets": ["subnet-1", "subnet-2"]},
    "OutputDataConfig": {"S3OutputPath": f"s3://{BUCKET}/output", "KmsKeyId": KEY},
    "Environment": {"STAGE": "test"},
    "RetryStrategy": {"MaximumRetryAttempts": 2},
}


def test_tuning_job_and_its_training_jobs_show_what_was_asked_for(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("members"), jobs=1, parallel=1)
    request["TrainingJobDefinition"] |= MEMBERS
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    tuning_job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    best = tuning_job["BestTrainingJob"]["TrainingJobName"]
    training_job = local.sagemaker.describe_training_job(TrainingJobName=best)
    output = {"CompressionType": "GZIP"} | MEMBERS["OutputDataConfig"]
    for member, value in (MEMBERS | {"OutputDataConfig": output}).items():
        assert tuning_job["TrainingJobDefinition"][member] == value
        assert training_job[member] == value
    assert training_job["BillableTimeInSeconds"] <= training_job["TrainingTimeInSeconds"]


def test_instance_flexibility_takes_the_first_choice(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("flexible"), jobs=1, parallel=1)
    definition = request["TrainingJobDefinition"]
    del definition["ResourceConfig"]
    choices = [
        {"InstanceType": type_, "InstanceCount": 1, "VolumeSizeInGB": 10}
        for type_ in ("ml.m5.xlarge", "ml.c5.xlarge")
    ]
    flexible = {"AllocationStrategy": "Prioritized", "InstanceConfigs": choices}
    definition["HyperParameterTuningResourceConfig"] = flexible
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    tuning_job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    shown = tuning_job["TrainingJobDefinition"]["HyperParameterTuningResourceConfig"]
    assert shown == flexible
    best = tuning_job["BestTrainingJob"]["TrainingJobName"]
    training_job = local.sagemaker.describe_training_job(TrainingJobName=best)
    assert training_job["ResourceConfig"] == choices[0]


@pytest.mark.parametrize("counted", ["preference", "job"])
def test_instance_preferences_select_the_first(local: LocalSageMaker, counted: str) -> None:
    request = tuning_request(new_name("preferred"), jobs=1, parallel=1)
    types = ("ml.m5.xlarge", "ml.c5.xlarge")
    config: dict[str, Any] = {"InstancePreferences": [{"InstanceType": type_} for type_ in types]}
    for holder in config["InstancePreferences"] if counted == "preference" else [config]:
        holder["InstanceCount"] = 2
    request["TrainingJobDefinition"]["ResourceConfig"] = config
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    tuning_job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    assert tuning_job["TrainingJobDefinition"]["ResourceConfig"] == config
    best = tuning_job["BestTrainingJob"]["TrainingJobName"]
    training_job = local.sagemaker.describe_training_job(TrainingJobName=best)
    selected = {"SelectedInstanceType": "ml.m5.xlarge", "SelectedInstanceCount": 2}
    assert training_job["ResourceConfig"] == config | selected


def test_name_of_a_definition_that_is_alone_is_told(local: LocalSageMaker) -> None:
    request = tuning_request(new_name("named"), jobs=1, parallel=1)
    request["TrainingJobDefinition"]["DefinitionName"] = "only-one"
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    tuning_job = wait_for_tuning(local, request["HyperParameterTuningJobName"])
    assert tuning_job["BestTrainingJob"]["TrainingJobDefinitionName"] == "only-one"


@pytest.mark.parametrize("path", [None, "/opt/ml/kept/here"], ids=["default path", "own path"])
def test_checkpoints_are_kept_in_s3_between_jobs(local: LocalSageMaker, path: str | None) -> None:
    name = new_name("checkpoints")
    local.s3.put_object(Bucket=BUCKET, Key=f"{name}/earlier/state.txt", Body="from before")
    request = training_request(name)
    request["CheckpointConfig"] = {"S3Uri": f"s3://{BUCKET}/{name}"}
    if path:
        request["CheckpointConfig"]["LocalPath"] = path
    local.sagemaker.create_training_job(**request)
    job = wait_for_training(local, name)
    assert job["TrainingJobStatus"] == "Completed", job
    assert job["CheckpointConfig"] == request["CheckpointConfig"]
    kept = local.s3.list_objects_v2(Bucket=BUCKET, Prefix=f"{name}/")["Contents"]
    assert f"{name}/earlier/state.txt" in [entry["Key"] for entry in kept]
