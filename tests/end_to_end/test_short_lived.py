"""A deployment that is to leave nothing: its logs expire, and `retune destroy` takes what is named.

Nothing is taken away from an endpoint that stays, nor deleted that nobody has named.
"""

from __future__ import annotations

import subprocess
from dataclasses import replace

import pytest
from botocore.exceptions import ClientError

from tests.end_to_end.conftest import (
    SMALL_RUN,
    Deployment,
    outputs_of,
    succeed,
    upload_customers,
)

NAME = "gone"


@pytest.fixture(scope="module")
def gone(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A second deployment, whose bucket goes with it, with an endpoint."""
    options = [f"retune:name_prefix={NAME}", "retune:retain_data=false"]
    options += ["retune:endpoint_log_retention_days=30"]
    options += ["retune:account_job_log_retention_days=90"]
    options += [f"retune:models={tmp_path_factory.mktemp('models')}"]
    deployment.retune("deploy", "--yes", *(part for each in options for part in ("-c", each)))
    outputs = outputs_of(deployment.client, NAME)
    upload_customers(deployment.client("s3"), outputs["DataBucketName"])
    made = replace(deployment, outputs=outputs)
    ended = made.run(SMALL_RUN)
    assert ended["status"] == "SUCCEEDED", ended
    return made


def destroy(deployed: Deployment, *options: str) -> subprocess.CompletedProcess[str]:
    command = ["retune", "destroy", "--stack", NAME, "--yes", *options]
    return subprocess.run(
        command, env=deployed.environment, capture_output=True, text=True, check=False
    )


def test_logs_of_the_accounts_jobs_and_of_its_endpoint_expire(gone: Deployment) -> None:
    """As the function's own role, which the deployment gives it."""
    answer = gone.client("lambda").invoke(FunctionName=f"{NAME}-ExpireLogs", Payload=b"{}")
    assert "FunctionError" not in answer, answer["Payload"].read()
    groups = gone.client("logs").describe_log_groups(logGroupNamePrefix="/aws/sagemaker/")
    kept = {each["logGroupName"]: each.get("retentionInDays") for each in groups["logGroups"]}
    assert kept["/aws/sagemaker/TrainingJobs"] == 90
    assert kept[f"/aws/sagemaker/Endpoints/{NAME}"] == 30


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--empty-bucket",), f"Nothing is destroyed: {NAME} would serve on without the role"),
        (("--delete-endpoints",), "was deployed with retain_data = false, and holds objects"),
    ],
    ids=["an endpoint would stay", "objects are in the bucket"],
)
def test_nothing_is_destroyed_while_something_would_be_lost(
    gone: Deployment, options: tuple[str, ...], words: str
) -> None:
    refused = destroy(gone, *options)
    assert refused.returncode == 2, refused.stderr
    assert words in " ".join(refused.stderr.split())
    endpoint = gone.client("sagemaker").describe_endpoint(EndpointName=NAME)
    assert endpoint["EndpointStatus"] == "InService"
    assert gone.client("s3").list_objects_v2(Bucket=gone.outputs["DataBucketName"])["KeyCount"]


def test_endpoint_objects_and_stack_go_when_all_are_named(gone: Deployment) -> None:
    succeed(destroy(gone, "--delete-endpoints", "--empty-bucket"))
    with pytest.raises(ClientError, match="does not exist"):
        gone.client("cloudformation").describe_stacks(StackName=NAME)
    buckets = gone.client("s3").list_buckets()["Buckets"]
    assert gone.outputs["DataBucketName"] not in [each["Name"] for each in buckets]
    with pytest.raises(ClientError, match="Could not find endpoint"):
        gone.client("sagemaker").describe_endpoint(EndpointName=NAME)
