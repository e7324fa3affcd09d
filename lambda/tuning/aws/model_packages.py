"""Model packages of SageMaker's Model Registry: makes and reads them."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client, describe
from tuning.request_types import ModelPackageGroupRequest, ModelPackageRequest


def ensure_model_package_group(group: ModelPackageGroupRequest) -> None:
    """CreateModelPackageGroup, unless there is one of that name already."""
    try:
        client("sagemaker").create_model_package_group(**group)
    except ClientError as error:
        if "already exists" not in error.response["Error"]["Message"]:
            raise


def create_model_package(request: ModelPackageRequest) -> str:
    """CreateModelPackage; returns the package's ARN."""
    return str(client("sagemaker").create_model_package(**request)["ModelPackageArn"])


def describe_model_package(arn: str) -> dict[str, Any]:
    """DescribeModelPackage as it answers; empty when somebody has deleted it."""
    return describe("describe_model_package", ModelPackageName=arn)
