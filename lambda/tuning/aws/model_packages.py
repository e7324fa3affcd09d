"""Model packages of SageMaker's Model Registry: makes and reads them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client, describe, is_gone
from tuning.aws.pagination import entries
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


def packages_of(group: str) -> Iterator[dict[str, Any]]:
    """DescribeModelPackage of each version; before the first run there is no group."""
    of_group = {"ModelPackageGroupName": group}
    try:
        listed = list(entries("list_model_packages", "ModelPackageSummaryList", filters=of_group))
    except ClientError as error:
        if not is_gone(error):
            raise
        return
    for entry in listed:
        described = describe_model_package(entry["ModelPackageArn"])
        if described:
            yield described


def set_status(arn: str, status: str, reason: str) -> None:
    """UpdateModelPackage."""
    client("sagemaker").update_model_package(
        ModelPackageArn=arn, ModelApprovalStatus=status, ApprovalDescription=reason
    )
