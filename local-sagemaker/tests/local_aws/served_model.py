"""A trained model and endpoints in the local AWS of the session."""

from __future__ import annotations

import time
import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.server import IMAGE, ROLE, put_data, training_request

CSV = {"ContentType": "text/csv"}


def short(prefix: str) -> str:
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def train_model(local_aws: LocalAws) -> str:
    """The name of a model that is really trained."""
    s3, sagemaker, name = local_aws.client("s3"), local_aws.client("sagemaker"), short("model")
    put_data(s3)
    sagemaker.create_training_job(**training_request(name))
    waiter = sagemaker.get_waiter("training_job_completed_or_stopped")
    waiter.wait(TrainingJobName=name, WaiterConfig={"Delay": 1, "MaxAttempts": 60})
    job = sagemaker.describe_training_job(TrainingJobName=name)
    data = job["ModelArtifacts"]["S3ModelArtifacts"]
    sagemaker.create_model(
        ModelName=name,
        PrimaryContainer={"Image": IMAGE, "ModelDataUrl": data},
        ExecutionRoleArn=ROLE,
    )
    return name


def create_config(local_aws: LocalAws, model: str, variant: str) -> str:
    name = short("config")
    production_variant = {
        "VariantName": variant, "ModelName": model,
        "InstanceType": "ml.m5.large", "InitialInstanceCount": 2,
    }  # fmt: skip
    local_aws.client("sagemaker").create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[production_variant]
    )
    return name


def create_endpoint(local_aws: LocalAws, config: str) -> str:
    name = short("endpoint")
    sagemaker = local_aws.client("sagemaker")
    sagemaker.create_endpoint(EndpointName=name, EndpointConfigName=config)
    settle(local_aws, name)
    return name


def settle(local_aws: LocalAws, endpoint: str) -> dict[str, Any]:
    """The description of the endpoint once nothing is in progress."""
    sagemaker, deadline = local_aws.client("sagemaker"), time.monotonic() + 60
    while True:
        described = dict(sagemaker.describe_endpoint(EndpointName=endpoint))
        if described["EndpointStatus"] in ("InService", "Failed"):
            return described
        assert time.monotonic() < deadline, described
        time.sleep(0.1)
