"""Model Registry: groups, numbered versions, approval, and models that are made from a version."""

from __future__ import annotations

from typing import Any

import pytest

from tests.contract.refusal import refusal
from tests.local_sagemaker.server import BUCKET, IMAGE, ROLE, LocalSageMaker, new_name

ARN = "arn:aws:sagemaker:us-east-1:123456789012"
MODEL_DATA = f"s3://{BUCKET}/registered/model.tar.gz"
METRICS = {
    "ModelQuality": {
        "Statistics": {"ContentType": "application/json", "S3Uri": f"s3://{BUCKET}/metrics.json"}
    }
}


@pytest.fixture
def group(local: LocalSageMaker) -> str:
    name = new_name("group")
    local.sagemaker.create_model_package_group(
        ModelPackageGroupName=name,
        ModelPackageGroupDescription="churn",
        Tags=[{"Key": "project", "Value": "churn"}],
    )
    return name


def specification(**environment: str) -> dict[str, Any]:
    container = {"Image": IMAGE, "ModelDataUrl": MODEL_DATA, "Environment": environment}
    return {
        "Containers": [container],
        "SupportedContentTypes": ["text/csv"],
        "SupportedResponseMIMETypes": ["text/csv"],
    }


def register(local: LocalSageMaker, group: str, **options: Any) -> str:
    """The ARN of a new version of the group."""
    request = {"ModelPackageGroupName": group, "InferenceSpecification": specification()}
    return str(local.sagemaker.create_model_package(**request | options)["ModelPackageArn"])


def versions(local: LocalSageMaker, group: str, **options: Any) -> list[int]:
    pages = local.sagemaker.get_paginator("list_model_packages").paginate(
        ModelPackageGroupName=group, PaginationConfig={"PageSize": 2}, **options
    )
    return [
        summary["ModelPackageVersion"]
        for page in pages
        for summary in page["ModelPackageSummaryList"]
    ]


def test_group_is_described_listed_and_tagged(local: LocalSageMaker, group: str) -> None:
    described = local.sagemaker.describe_model_package_group(ModelPackageGroupName=group)
    assert described["ModelPackageGroupArn"] == f"{ARN}:model-package-group/{group}"
    assert described["ModelPackageGroupStatus"] == "Completed"
    listed = local.sagemaker.list_model_package_groups(NameContains=group)
    (summary,) = listed["ModelPackageGroupSummaryList"]
    assert summary["ModelPackageGroupDescription"] == "churn"
    tags = local.sagemaker.list_tags(ResourceArn=described["ModelPackageGroupArn"])["Tags"]
    assert tags == [{"Key": "project", "Value": "churn"}]


def test_versions_count_from_one_and_a_number_is_never_given_again(
    local: LocalSageMaker, group: str
) -> None:
    first, second = register(local, group), register(local, group)
    assert [first, second] == [f"{ARN}:model-package/{group}/{n}" for n in (1, 2)]
    local.sagemaker.delete_model_package(ModelPackageName=second)
    assert register(local, group) == f"{ARN}:model-package/{group}/3"
    assert versions(local, group) == [1, 3]


def test_version_keeps_what_it_was_registered_with(local: LocalSageMaker, group: str) -> None:
    arn = register(
        local,
        group,
        ModelPackageDescription="the best of 20",
        ModelMetrics=METRICS,
        CustomerMetadataProperties={"auc": "0.81"},
        MetadataProperties={"GeneratedBy": "retune", "CommitId": "abc"},
    )
    described = local.sagemaker.describe_model_package(ModelPackageName=arn)
    assert described["ModelPackageGroupName"] == group
    assert described["ModelPackageVersion"] == 1
    assert described["ModelPackageStatus"] == "Completed"
    assert described["ModelApprovalStatus"] == "PendingManualApproval"
    assert described["ModelMetrics"] == METRICS
    assert described["CustomerMetadataProperties"] == {"auc": "0.81"}
    assert described["MetadataProperties"]["CommitId"] == "abc"
    (container,) = described["InferenceSpecification"]["Containers"]
    assert container["ModelDataUrl"] == MODEL_DATA


def test_version_lists_without_a_name_and_with_the_tags_of_its_group(
    local: LocalSageMaker, group: str
) -> None:
    arn = register(local, group)
    (summary,) = local.sagemaker.list_model_packages(ModelPackageGroupName=group)[
        "ModelPackageSummaryList"
    ]
    assert "ModelPackageName" not in summary
    tags = local.sagemaker.list_tags(ResourceArn=arn)["Tags"]
    assert tags == [{"Key": "project", "Value": "churn"}]
    code, message = refusal(
        local.sagemaker.add_tags, {"ResourceArn": arn, "Tags": [{"Key": "a", "Value": "b"}]}
    )
    assert code == "ValidationException"
    assert f"has the tags of {ARN}:model-package-group/{group}" in message


def test_approval_and_customer_metadata_are_updated(local: LocalSageMaker, group: str) -> None:
    arn = register(local, group, CustomerMetadataProperties={"auc": "0.81", "note": "draft"})
    updated = local.sagemaker.update_model_package(
        ModelPackageArn=arn,
        ModelApprovalStatus="Approved",
        ApprovalDescription="looked at the report",
        CustomerMetadataProperties={"verdict": "promote"},
        CustomerMetadataPropertiesToRemove=["note"],
    )
    assert updated == {"ModelPackageArn": arn, "ResponseMetadata": updated["ResponseMetadata"]}
    described = local.sagemaker.describe_model_package(ModelPackageName=arn)
    assert described["ModelApprovalStatus"] == "Approved"
    assert described["ApprovalDescription"] == "looked at the report"
    assert described["CustomerMetadataProperties"] == {"auc": "0.81", "verdict": "promote"}
    assert described["LastModifiedTime"] >= described["CreationTime"]


def test_list_filters_by_approval_and_sorts(local: LocalSageMaker, group: str) -> None:
    for status in ("Approved", "Rejected", "Approved"):
        register(local, group, ModelApprovalStatus=status)
    assert versions(local, group, ModelApprovalStatus="Approved") == [1, 3]
    assert versions(local, group, SortOrder="Descending") == [3, 2, 1]


def test_repeated_call_with_the_same_token_makes_one_version(
    local: LocalSageMaker, group: str
) -> None:
    token = new_name("token")
    assert register(local, group, ClientToken=token) == register(local, group, ClientToken=token)
    assert versions(local, group) == [1]
    other = {"ModelPackageGroupName": group, "ClientToken": token}
    code, message = refusal(local.sagemaker.create_model_package, other)
    assert code == "ConflictException"
    assert "was used with other parameters" in message


def test_model_is_made_from_an_approved_version_only(local: LocalSageMaker, group: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="registered/model.tar.gz", Body=b"")
    arn = register(local, group)
    request = {
        "ModelName": new_name("model"),
        "PrimaryContainer": {"ModelPackageName": arn},
        "ExecutionRoleArn": ROLE,
    }
    code, message = refusal(local.sagemaker.create_model, request)
    assert code == "ValidationException"
    assert f"ModelPackage {arn} is PendingManualApproval" in message
    local.sagemaker.update_model_package(ModelPackageArn=arn, ModelApprovalStatus="Approved")
    local.sagemaker.create_model(**request)
    model = local.sagemaker.describe_model(ModelName=request["ModelName"])
    assert model["PrimaryContainer"]["ModelPackageName"] == arn


def test_package_without_a_group_goes_by_its_name(local: LocalSageMaker) -> None:
    name = new_name("package")
    local.sagemaker.create_model_package(
        ModelPackageName=name,
        InferenceSpecification=specification(),
        Tags=[{"Key": "a", "Value": "1"}],
    )
    described = local.sagemaker.describe_model_package(ModelPackageName=name)
    assert "ModelApprovalStatus" not in described
    assert local.sagemaker.list_tags(ResourceArn=described["ModelPackageArn"])["Tags"]
    listed = local.sagemaker.list_model_packages(NameContains=name)["ModelPackageSummaryList"]
    assert [summary["ModelPackageName"] for summary in listed] == [name]
    local.sagemaker.delete_model_package(ModelPackageName=name)
    assert not local.sagemaker.list_model_packages(NameContains=name)["ModelPackageSummaryList"]


REFUSALS: dict[str, tuple[str, dict[str, Any], str]] = {
    "group that does not exist": (
        "describe_model_package_group",
        {"ModelPackageGroupName": "nowhere"},
        f"ModelPackageGroup {ARN}:model-package-group/nowhere does not exist.",
    ),
    "package that does not exist": (
        "describe_model_package",
        {"ModelPackageName": f"{ARN}:model-package/nowhere/1"},
        f"ModelPackage {ARN}:model-package/nowhere/1 does not exist.",
    ),
    "version in no group": (
        "create_model_package",
        {"ModelPackageGroupName": "nowhere"},
        f"ModelPackageGroup {ARN}:model-package-group/nowhere does not exist.",
    ),
    "neither name nor group": ("create_model_package", {}, "Missing ARN."),
    "name and group": (
        "create_model_package",
        {"ModelPackageGroupName": "a", "ModelPackageName": "b"},
        "Both ModelPackageName and ModelPackageGroupName are provided in the input.",
    ),
    "tags on a version": (
        "create_model_package",
        {"ModelPackageGroupName": "a", "Tags": [{"Key": "a", "Value": "b"}]},
        "Tags is not for a model package in a group",
    ),
    "unknown approval status": (
        "create_model_package",
        {"ModelPackageGroupName": "a", "ModelApprovalStatus": "Maybe"},
        "enum value set: [Approved, Rejected, PendingManualApproval]",
    ),
}


@pytest.mark.parametrize(("operation", "request_", "text"), REFUSALS.values(), ids=REFUSALS.keys())
def test_refusals_are_in_the_services_words(
    local: LocalSageMaker, operation: str, request_: dict[str, Any], text: str
) -> None:
    code, message = refusal(getattr(local.sagemaker, operation), request_)
    assert code == "ValidationException"
    assert text in message


def test_group_name_is_taken_once(local: LocalSageMaker, group: str) -> None:
    request = {"ModelPackageGroupName": group}
    code, message = refusal(local.sagemaker.create_model_package_group, request)
    assert code == "ValidationException"
    assert message == f"Model Package Group already exists: {ARN}:model-package-group/{group}"


def test_group_with_versions_cannot_be_deleted(local: LocalSageMaker, group: str) -> None:
    arn = register(local, group)
    code, _ = refusal(local.sagemaker.delete_model_package_group, {"ModelPackageGroupName": group})
    assert code == "ConflictException"
    local.sagemaker.delete_model_package(ModelPackageName=arn)
    local.sagemaker.delete_model_package_group(ModelPackageGroupName=group)
    listed = local.sagemaker.list_model_package_groups(NameContains=group)
    assert listed["ModelPackageGroupSummaryList"] == []
