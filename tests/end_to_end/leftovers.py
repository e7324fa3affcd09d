"""What an execution has left in SageMaker, found by its tag."""

from __future__ import annotations

from tests.end_to_end.conftest import Deployment


def leftovers(deployment: Deployment, execution: str) -> set[str]:
    """Names of its models and endpoint configs."""
    return {
        name
        for kind in ("model", "endpoint_config")
        for name, arn in _resources(deployment, kind)
        if _tags(deployment, arn).get("retune:execution") == execution
    }


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


def _tags(deployment: Deployment, arn: str) -> dict[str, str]:
    tags = deployment.client("sagemaker").list_tags(ResourceArn=arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in tags}
