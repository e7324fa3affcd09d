"""A person decides in the Model Registry, by any client, and the execution goes on."""

import json
import subprocess
from typing import Any

import pytest

from tests.end_to_end.conftest import SMALL_RUN, Deployment, wait_until
from tests.end_to_end.leftovers import packages

ENDPOINT = {"EndpointName": "retune-approved"}
RUN = {
    **SMALL_RUN,
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 1},
    "Approval": "Manual",
    "Endpoint": ENDPOINT,
}


def start_and_wait_for_its_package(deployment: Deployment) -> tuple[str, str]:
    """An execution that waits, and the model package it waits for."""
    execution = deployment.start(RUN)

    def waits() -> bool:
        history = deployment.client("stepfunctions").get_execution_history(executionArn=execution)
        entered = [
            event["stateEnteredEventDetails"]["name"]
            for event in history["events"]
            if "stateEnteredEventDetails" in event
        ]
        return "AwaitApproval" in entered

    wait_until(waits, seconds=120)
    (package,) = packages(deployment, execution)
    return execution, package


def output(described: dict[str, Any]) -> dict[str, Any]:
    assert described["status"] == "SUCCEEDED", described
    summary: dict[str, Any] = json.loads(described["output"])
    return summary


@pytest.fixture(scope="module")
def approved(deployment: Deployment) -> dict[str, Any]:
    """Approved with the AWS command line."""
    execution, package = start_and_wait_for_its_package(deployment)
    deployment.aws(
        "sagemaker", "update-model-package", "--model-package-arn", package,
        "--model-approval-status", "Approved", "--approval-description", "Looks right.",
    )  # fmt: skip
    return output(deployment.finish(execution))


def test_approved_model_is_deployed(deployment: Deployment, approved: dict[str, Any]) -> None:
    assert approved["Outcome"] == "Deployed"
    assert approved["Approval"]["ApprovalDescription"] == "Looks right."
    endpoint = deployment.client("sagemaker").describe_endpoint(**ENDPOINT)
    assert endpoint["EndpointConfigName"] == approved["ModelName"]


def test_package_tells_where_the_model_comes_from(
    deployment: Deployment, approved: dict[str, Any]
) -> None:
    package = deployment.client("sagemaker").describe_model_package(
        ModelPackageName=approved["ModelPackageArn"]
    )
    properties = package["CustomerMetadataProperties"]
    assert properties["TuningJob"] == approved["TuningJobName"]
    assert properties["Tuned.max_depth"] == approved["TunedHyperParameters"]["max_depth"]
    assert float(properties["validation:auc"]) == approved["Value"]
    (container,) = package["InferenceSpecification"]["Containers"]
    assert approved["ModelName"] in container["ModelDataUrl"]


def test_rejected_model_leaves_the_endpoint_as_it_was(
    deployment: Deployment, approved: dict[str, Any]
) -> None:
    execution, package = start_and_wait_for_its_package(deployment)
    deployment.client("sagemaker").update_model_package(
        ModelPackageArn=package,
        ModelApprovalStatus="Rejected",
        ApprovalDescription="Not in this quarter.",
    )
    rejected = output(deployment.finish(execution))
    assert rejected["Outcome"] == "NotApproved"
    assert rejected["Approval"]["ApprovalDescription"] == "Not in this quarter."
    endpoint = deployment.client("sagemaker").describe_endpoint(**ENDPOINT)
    assert endpoint["EndpointConfigName"] == approved["ModelName"]


def test_nobody_decides_in_time(deployment: Deployment, approved: dict[str, Any]) -> None:
    ended = output(deployment.run({**RUN, "ApprovalTimeoutInSeconds": 2}))
    assert ended["Outcome"] == "NotApproved"
    assert ended["Approval"] == {
        "ModelApprovalStatus": "PendingManualApproval",
        "ApprovalDescription": "Nobody decided within 2 seconds, "
        "the ApprovalTimeoutInSeconds of the input.",
    }
    endpoint = deployment.client("sagemaker").describe_endpoint(**ENDPOINT)
    assert endpoint["EndpointConfigName"] == approved["ModelName"]


def test_command_line_rejects_what_an_execution_waits_with(
    deployment: Deployment, approved: dict[str, Any]
) -> None:
    execution, package = start_and_wait_for_its_package(deployment)
    told = subprocess.run(
        ["retune", "reject", execution, "--reason", "Too early"],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == package
    assert output(deployment.finish(execution))["Approval"]["ApprovalDescription"] == "Too early"
    again = subprocess.run(
        ["retune", "approve", execution],
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert again.returncode == 2  # as of `retune stop`: it can not be carried out, however often
    assert "waits no more" in again.stderr
