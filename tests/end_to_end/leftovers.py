"""What an execution has left in SageMaker, found by its tag."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from botocore.exceptions import ClientError

from tests.end_to_end.conftest import Deployment


def leftovers(deployment: Deployment, execution: str) -> set[str]:
    """Names of its models and endpoint configs, and ARNs of its model packages."""
    return {
        name
        for kind in ("model", "endpoint_config")
        for name, arn in _resources(deployment, kind)
        if _tags(deployment, arn).get("retune:execution") == execution
    } | set(packages(deployment, execution))


def packages(deployment: Deployment, execution: str) -> list[str]:
    """ARNs of the model packages that it has registered."""
    sagemaker = deployment.client("sagemaker")
    pages = sagemaker.get_paginator("list_model_packages")
    arns = [
        entry["ModelPackageArn"]
        for page in pages.paginate(ModelPackageGroupName="retune")
        for entry in page["ModelPackageSummaryList"]
    ]
    return [arn for arn in arns if _execution(deployment, arn) == execution.rsplit(":", 1)[-1]]


def running_jobs(deployment: Deployment) -> list[str]:
    """Names of the tuning and training jobs that run."""
    sagemaker = deployment.client("sagemaker")
    tuning = sagemaker.list_hyper_parameter_tuning_jobs(StatusEquals="InProgress")
    training = sagemaker.list_training_jobs(StatusEquals="InProgress")
    return [
        *(j["HyperParameterTuningJobName"] for j in tuning["HyperParameterTuningJobSummaries"]),
        *(job["TrainingJobName"] for job in training["TrainingJobSummaries"]),
    ]


def _resources(deployment: Deployment, kind: str) -> list[tuple[str, str]]:
    member = {"model": "Model", "endpoint_config": "EndpointConfig"}[kind]
    pages = deployment.client("sagemaker").get_paginator(f"list_{kind}s").paginate()
    return [
        (entry[f"{member}Name"], entry[f"{member}Arn"])
        for page in pages
        for entry in page[f"{member}s"]
    ]


def _execution(deployment: Deployment, package: str) -> str:
    with deleted_meanwhile():
        described = deployment.client("sagemaker").describe_model_package(ModelPackageName=package)
        return str(described["CustomerMetadataProperties"]["Execution"])
    return ""


def _tags(deployment: Deployment, arn: str) -> dict[str, str]:
    with deleted_meanwhile():
        tags = deployment.client("sagemaker").list_tags(ResourceArn=arn)["Tags"]
        return {tag["Key"]: tag["Value"] for tag in tags}
    return {}


@contextmanager
def deleted_meanwhile() -> Iterator[None]:
    """What the clean-up deletes after it was listed is no leftover."""
    try:
        yield
    except ClientError as error:
        message = error.response["Error"]["Message"]
        if "Could not find" not in message and "does not exist" not in message:
            raise
