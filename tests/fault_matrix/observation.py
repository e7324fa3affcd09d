"""What can be seen of a stack from outside: what serves, what there is, what runs."""

from __future__ import annotations

from dataclasses import dataclass

from botocore.exceptions import ClientError

from tests.fault_matrix.stack import Stack

QUESTION = "0.1,-0.2,0.3,0.4\n1.5,0.5,-0.5,0.2\n-1.0,2.0,0.7,0.1"


@dataclass(frozen=True)
class Serving:
    """What an endpoint serves: its config, and its predictions for QUESTION."""

    status: str
    config: str
    predictions: str


def serving(stack: Stack) -> Serving | None:
    """None without the endpoint."""
    try:
        described = stack.client("sagemaker").describe_endpoint(EndpointName=stack.endpoint)
    except ClientError as error:
        if "Could not find" not in error.response["Error"]["Message"]:
            raise
        return None
    return Serving(
        described["EndpointStatus"], described["EndpointConfigName"], _predictions(stack)
    )


def _predictions(stack: Stack) -> str:
    try:
        answer = stack.client("sagemaker-runtime").invoke_endpoint(
            EndpointName=stack.endpoint, ContentType="text/csv", Body=QUESTION
        )
    except ClientError as error:
        return str(error)
    return str(answer["Body"].read().decode())


def resources(stack: Stack) -> frozenset[str]:
    """Its models, endpoint configs, endpoints and model packages."""
    sagemaker, found = stack.client("sagemaker"), set()
    for kind in ("Model", "EndpointConfig", "Endpoint"):
        operation = {
            "Model": "list_models",
            "EndpointConfig": "list_endpoint_configs",
            "Endpoint": "list_endpoints",
        }[kind]
        pages = sagemaker.get_paginator(operation).paginate(NameContains=stack.prefix)
        names = (entry[f"{kind}Name"] for page in pages for entry in page[f"{kind}s"])
        found |= {f"{kind} {name}" for name in names if name.startswith(f"{stack.prefix}-")}
    registered = {f"ModelPackage {arn}" for arn in packages(stack)}
    return frozenset(found | registered) - stack.ignored


def earlier_champion(stack: Stack) -> str:
    """The newest endpoint config beside the one that serves, for a run that goes back to it."""
    sagemaker = stack.client("sagemaker")
    serves = sagemaker.describe_endpoint(EndpointName=stack.endpoint)["EndpointConfigName"]
    page = sagemaker.list_endpoint_configs(
        NameContains=f"{stack.prefix}-", SortBy="CreationTime", SortOrder="Descending"
    )
    names = [entry["EndpointConfigName"] for entry in page["EndpointConfigs"]]
    return str(next(name for name in names if name != serves))


def packages(stack: Stack) -> list[str]:
    """ARNs, newest first."""
    try:
        page = stack.client("sagemaker").list_model_packages(
            ModelPackageGroupName=stack.prefix, SortBy="CreationTime", SortOrder="Descending"
        )
    except ClientError as error:
        if "does not exist" not in error.response["Error"]["Message"]:
            raise
        return []
    return [entry["ModelPackageArn"] for entry in page["ModelPackageSummaryList"]]


def running_jobs(stack: Stack) -> list[str]:
    """Names of the jobs of all kinds that run or stop."""
    found = []
    for kind, operation in (
        ("HyperParameterTuningJob", "list_hyper_parameter_tuning_jobs"),
        ("TrainingJob", "list_training_jobs"),
        ("TransformJob", "list_transform_jobs"),
        ("ProcessingJob", "list_processing_jobs"),
    ):
        for status in ("InProgress", "Stopping"):
            page = getattr(stack.client("sagemaker"), operation)(
                StatusEquals=status, NameContains=stack.prefix
            )
            found += [entry[f"{kind}Name"] for entry in page[f"{kind}Summaries"]]
    return [name for name in found if name.startswith(f"{stack.prefix}-")]
