"""Other requests that the service refuses, with its error codes and in its words."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tests.contract.refusal import Change, refusal
from tests.local_sagemaker.server import BUCKET, IMAGE, LocalSageMaker, training_request


def source(request: dict[str, Any]) -> Any:
    return request["InputDataConfig"][0]["DataSource"]["S3DataSource"]


MLFLOW = "arn:aws:sagemaker:us-east-1:123456789012:mlflow-app/app-ABCDEF"
TRAINING_REFUSALS: dict[str, tuple[Change, str, str]] = {
    "role that is no ARN": (
        lambda r: r.update(RoleArn="arn:aws:iam::role/training"),
        "ValidationException",
        "at 'roleArn' failed to satisfy constraint: Member must satisfy regular expression pattern",
    ),
    "no image": (
        lambda r: r.pop("AlgorithmSpecification"),
        "ValidationException",
        "AlgorithmSpecification is required on local AWS",
    ),
    "no instances": (
        lambda r: r.update(ResourceConfig={"VolumeSizeInGB": 1}),
        "ValidationException",
        "ResourceConfig needs InstanceType or a list of instances",
    ),
    "no number of instances": (
        lambda r: r["ResourceConfig"].pop("InstanceCount"),
        "ValidationException",
        "ResourceConfig.InstanceCount is required with InstanceType",
    ),
    "none of the instances": (
        lambda r: r["ResourceConfig"].update(InstanceCount=0),
        "ValidationException",
        "ResourceConfig.InstanceCount 0 must be 1 or more",
    ),
    "image and algorithm": (
        lambda r: r["AlgorithmSpecification"].update(AlgorithmName="mine"),
        "ValidationException",
        "either TrainingImage or AlgorithmName, not both",
    ),
    "more than 28 days": (
        lambda r: r["StoppingCondition"].update(MaxRuntimeInSeconds=28 * 24 * 3600 + 1),
        "ValidationException",
        "StoppingCondition.MaxRuntimeInSeconds 2419201 is above 2419200, 28 days",
    ),
    "unknown instance type": (
        lambda r: r["ResourceConfig"].update(InstanceType="ml.huge"),
        "ValidationException",
        "Value 'ml.huge' at 'resourceConfig.instanceType'",
    ),
    "unknown data type": (
        lambda r: source(r).update(S3DataType="Prefix"),
        "ValidationException",
        "at 'inputDataConfig.1.member.dataSource.s3DataSource.s3DataType'",
    ),
    "hyperparameter that is a number": (
        lambda r: r.update(HyperParameters={"eta": 0.3}),
        "SerializationException",
        "NUMBER_VALUE can not be converted to string",
    ),
    "long hyperparameter": (
        lambda r: r.update(HyperParameters={"eta": "1" * 2501}),
        "ValidationException",
        "Member must have length less than or equal to 2500",
    ),
    "pipe mode": (
        lambda r: r["AlgorithmSpecification"].update(TrainingInputMode="Pipe"),
        "ValidationException",
        "TrainingInputMode Pipe is not there for XGBoost. Use File.",
    ),
    "gzip": (
        lambda r: r["InputDataConfig"][0].update(CompressionType="Gzip"),
        "ValidationException",
        "CompressionType Gzip is for Pipe mode",
    ),
    "an experiment": (
        lambda r: r.update(ExperimentConfig={"ExperimentName": "a"}),
        "ValidationException",
        "ExperimentConfig.ExperimentName: local AWS has no experiments; leave ExperimentConfig out",
    ),
    "managed MLflow": (
        lambda r: r.update(MlflowConfig={"MlflowResourceArn": MLFLOW}),
        "ValidationException",
        "Local AWS has no MlflowConfig: leave it out.",
    ),
    "spot without a wait": (
        lambda r: r.update(EnableManagedSpotTraining=True),
        "ValidationException",
        "Invalid MaxWaitTimeInSeconds, [None]. It must be present",
    ),
}


@pytest.mark.parametrize(
    ("change", "code", "message"), TRAINING_REFUSALS.values(), ids=TRAINING_REFUSALS
)
def test_training_job_is_refused(
    local: LocalSageMaker, change: Change, code: str, message: str
) -> None:
    request = copy.deepcopy(training_request("refused"))
    change(request)
    got_code, got_message = refusal(local.sagemaker.create_training_job, request)
    assert got_code == code
    assert message in got_message


MISSING: dict[str, tuple[str, dict[str, Any], str, str]] = {
    "training job": (
        "describe_training_job",
        {"TrainingJobName": "nobody"},
        "ValidationException",
        "Requested resource not found.",
    ),
    "transform job": (
        "describe_transform_job",
        {"TransformJobName": "nobody"},
        "ValidationException",
        "Could not find requested job with name: nobody",
    ),
    "processing job": (
        "describe_processing_job",
        {"ProcessingJobName": "nobody"},
        "ValidationException",
        "Could not find requested job with name: nobody",
    ),
    "tuning job": (
        "stop_hyper_parameter_tuning_job",
        {"HyperParameterTuningJobName": "nobody"},
        "ResourceNotFound",
        "Amazon SageMaker can't find a tuning job called nobody. Type another name.",
    ),
    "model": (
        "describe_model",
        {"ModelName": "Nobody"},
        "ValidationException",
        'Could not find model "arn:aws:sagemaker:us-east-1:123456789012:model/nobody".',
    ),
    "endpoint config": (
        "delete_endpoint_config",
        {"EndpointConfigName": "nobody"},
        "ValidationException",
        "Could not find endpoint configuration "
        '"arn:aws:sagemaker:us-east-1:123456789012:endpoint-config/nobody".',
    ),
    "endpoint": (
        "describe_endpoint",
        {"EndpointName": "nobody"},
        "ValidationException",
        'Could not find endpoint "arn:aws:sagemaker:us-east-1:123456789012:endpoint/nobody".',
    ),
    "tagged resource": (
        "list_tags",
        {"ResourceArn": "arn:aws:sagemaker:us-east-1:123456789012:model/nobody"},
        "ValidationException",
        "Could not find resource",
    ),
    "list's next page": (
        "list_training_jobs",
        {"NextToken": "abc"},
        "ValidationException",
        "NextToken 'abc' is not a token of this list",
    ),
    "model data": (
        "create_model",
        {
            "ModelName": "no-data",
            "PrimaryContainer": {
                "Image": IMAGE,
                "ModelDataUrl": f"s3://{BUCKET}/no/model.tar.gz",
            },
        },
        "ValidationException",
        f"Could not find model data at s3://{BUCKET}/no/model.tar.gz.",
    ),
}


@pytest.mark.parametrize(
    ("operation", "request_", "code", "message"), MISSING.values(), ids=MISSING
)
def test_missing_resource_has_its_own_code_and_words(
    local: LocalSageMaker, operation: str, request_: dict[str, Any], code: str, message: str
) -> None:
    got_code, got_message = refusal(getattr(local.sagemaker, operation), request_)
    assert got_code == code
    assert message in got_message
