"""Endpoints and what they are made of. Endpoints go before the role that they run with."""

from __future__ import annotations

from retune.acceptance.removal.kind import Kind, own, pages
from retune.aws import Aws


def _endpoints(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "sagemaker", "list_endpoints", "Endpoints", NameContains=prefix)
    return own(prefix, (each["EndpointName"] for each in found))


def _configs(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "sagemaker", "list_endpoint_configs", "EndpointConfigs", NameContains=prefix)
    return own(prefix, (each["EndpointConfigName"] for each in found))


def _models(aws: Aws, prefix: str) -> list[str]:
    found = pages(aws, "sagemaker", "list_models", "Models", NameContains=prefix)
    return own(prefix, (each["ModelName"] for each in found))


def _groups(aws: Aws, prefix: str) -> list[str]:
    found = pages(
        aws,
        "sagemaker",
        "list_model_package_groups",
        "ModelPackageGroupSummaryList",
        NameContains=prefix,
    )
    return own(prefix, (each["ModelPackageGroupName"] for each in found))


def _remove_group(aws: Aws, name: str) -> None:
    """With its versions, without which SageMaker deletes it."""
    packages = pages(
        aws,
        "sagemaker",
        "list_model_packages",
        "ModelPackageSummaryList",
        ModelPackageGroupName=name,
    )
    sagemaker = aws.client("sagemaker")
    for package in packages:
        sagemaker.delete_model_package(ModelPackageName=package["ModelPackageArn"])
    sagemaker.delete_model_package_group(ModelPackageGroupName=name)


ENDPOINTS = Kind(
    "endpoint",
    _endpoints,
    lambda aws, name: aws.client("sagemaker").delete_endpoint(EndpointName=name),
)
ENDPOINT_CONFIGS = Kind(
    "endpoint configuration",
    _configs,
    lambda aws, name: aws.client("sagemaker").delete_endpoint_config(EndpointConfigName=name),
)
MODELS = Kind(
    "model", _models, lambda aws, name: aws.client("sagemaker").delete_model(ModelName=name)
)
MODEL_PACKAGE_GROUPS = Kind("model package group", _groups, _remove_group)
