"""Models and endpoint configs for tests, made from one trained model."""

from __future__ import annotations

from typing import Any

from tests.local_sagemaker.server import BUCKET, IMAGE, ROLE, LocalSageMaker, new_name


def create_model(local: LocalSageMaker, model_data: str, **environment: str) -> str:
    name = new_name("model")
    local.sagemaker.create_model(
        ModelName=name,
        PrimaryContainer={
            "Image": IMAGE,
            "ModelDataUrl": model_data,
            "Environment": environment,
        },
        ExecutionRoleArn=ROLE,
    )
    return name


def variant(model: str, name: str = "AllTraffic", weight: float = 1.0) -> dict[str, Any]:
    return {
        "VariantName": name,
        "ModelName": model,
        "InstanceType": "ml.m5.large",
        "InitialInstanceCount": 1,
        "InitialVariantWeight": weight,
    }


def create_config(local: LocalSageMaker, *variants: dict[str, Any], **members: Any) -> str:
    name = new_name("config")
    local.sagemaker.create_endpoint_config(
        EndpointConfigName=name, ProductionVariants=[*variants], **members
    )
    return name


def broken_model_data(local: LocalSageMaker) -> str:
    """A model archive that no container can load."""
    local.s3.put_object(Bucket=BUCKET, Key="broken/model.tar.gz", Body=b"no archive")
    return f"s3://{BUCKET}/broken/model.tar.gz"
