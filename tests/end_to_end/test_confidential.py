"""What runs leave behind holds no row of data, no value of Environment and no approval token."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import Deployment, customers
from tests.end_to_end.leftovers import packages
from tests.end_to_end.rollout import Messages, subscribe, tiny, wait_for

pytestmark = pytest.mark.usefixtures("local_aws_faults")
ENDPOINT = "retune-confidential"
ROW = "7351.4629"  # a feature of every row
PASSWORD = "marker-7f3a9c"
# plan.json holds the requests of the run, approval.json what wakes an execution that waits. The
# state machine's log has the cause of a task that waited for a job: the failed job's description.
NEEDED: dict[str, tuple[str, ...]] = {
    PASSWORD: ("plan.json", "/aws/vendedlogs/states/retune"),
    "token": ("approval.json",),
}


@pytest.fixture(scope="module")
def messages(deployment: Deployment) -> Messages:
    return subscribe(deployment, "heard-of-confidential-runs")


@pytest.fixture(scope="module")
def document(deployment: Deployment) -> dict[str, Any]:
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    for channel, rows, seed in (("train", 200, 0), ("validation", 100, 1), ("test", 100, 2)):
        body = "\n".join(f"{row},{ROW}" for row in customers(rows, seed).splitlines())
        s3.put_object(Bucket=bucket, Key=f"confidential/{channel}/rows.csv", Body=body)
    channels = {n: f"s3://{bucket}/confidential/{n}/" for n in ("train", "validation", "test")}
    return tiny(ENDPOINT, Channels=channels, Environment={"DB_PASSWORD": PASSWORD})


@pytest.fixture(scope="module")
def approved(deployment: Deployment, messages: Messages, document: dict[str, Any]) -> str:
    """An execution that a person let go on, and that ended well."""
    execution = deployment.start({**document, "Approval": "Manual"})
    wait_for(deployment, execution, "AwaitApproval", "TaskSubmitted")
    (package,) = packages(deployment, execution)
    deployment.client("sagemaker").update_model_package(
        ModelPackageArn=package, ModelApprovalStatus="Approved"
    )
    described = deployment.finish(execution)
    assert described["status"] == "SUCCEEDED", described
    return execution


@pytest.fixture
def failed(
    deployment: Deployment, local_aws: LocalAws, approved: str, document: dict[str, Any]
) -> dict[str, dict[str, Any]]:
    """Executions that failed, by outcome: at the endpoint, in training, and by their input."""
    local_aws.add_fault("answer-nan", name=ENDPOINT, times=1)
    replace = {"Promotion": {"Margin": -1, "Guardrails": {}}}
    ended = [deployment.run({**document, **replace})]
    local_aws.add_fault("kill-training", times=None)
    ended.append(deployment.run(document))
    environment = {"DB_PASSWORD": PASSWORD, "BAD KEY": PASSWORD, f"A={PASSWORD}": ""}
    ended.append(deployment.run({**document, "Environment": environment, "Enviroment": PASSWORD}))
    return {each["error"]: each for each in ended}


def test_runs_leave_no_row_secret_or_token(
    deployment: Deployment,
    messages: Messages,
    approved: str,
    failed: dict[str, dict[str, Any]],
    document: dict[str, Any],
) -> None:
    assert failed.keys() == {"EndpointUnhealthy", "NoTrialSucceeded", "InputRefused"}
    executions = [approved, *(each["executionArn"] for each in failed.values())]
    token = token_of(deployment, approved)
    told = {
        **dict(files(deployment, executions)),
        **dict(logs(deployment)),
        **{f"cause of {name}": each["cause"] for name, each in failed.items()},
        **{f"message about {arn}": json.dumps(messages(arn)) for arn in executions},
        "registry": registry(deployment, approved),
        "terminal": terminal(deployment, document, approved),
    }
    assert len(told["registry"]) > 100
    assert all("Outcome" in told[f"message about {arn}"] for arn in executions)
    found = {
        (marker, name)
        for marker, secret in ((ROW, ROW), (PASSWORD, PASSWORD), ("token", token))
        for name, text in told.items()
        if secret in text and not name.endswith(NEEDED.get(marker, ()))
    }
    assert found == set()
    bucket = deployment.outputs["DataBucketName"]
    where = f"row 1 (s3://{bucket}/confidential/validation/rows.csv, line 1)"
    assert where in failed["EndpointUnhealthy"]["cause"]
    histories = [event for arn in executions for event in history(deployment, arn)]
    assert not [event for event in histories if ROW in json.dumps(event, default=str)]
    assert not [cause for event in histories for cause in causes(event) if PASSWORD in cause]


def test_state_machines_log_no_execution_data(deployment: Deployment) -> None:
    described = deployment.client("stepfunctions").describe_state_machine(
        stateMachineArn=deployment.outputs["StateMachineArn"]
    )
    assert described["loggingConfiguration"]["level"] == "ALL"
    assert described["loggingConfiguration"]["includeExecutionData"] is False


def files(deployment: Deployment, executions: list[str]) -> Iterator[tuple[str, str]]:
    """Every object in the executions' folders, as text."""
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    for execution in executions:
        prefix = f"runs/{execution.rsplit(':', 1)[-1]}/"
        for entry in s3.list_objects_v2(Bucket=bucket, Prefix=prefix).get("Contents", []):
            body = s3.get_object(Bucket=bucket, Key=entry["Key"])["Body"].read()
            yield entry["Key"], body.decode("latin-1")


def logs(deployment: Deployment) -> Iterator[tuple[str, str]]:
    """Every log group, whoever has written to it."""
    client = deployment.client("logs")
    for page in client.get_paginator("describe_log_groups").paginate():
        for group in page["logGroups"]:
            events = client.get_paginator("filter_log_events").paginate(
                logGroupName=group["logGroupName"]
            )
            lines = [event["message"] for each in events for event in each["events"]]
            yield group["logGroupName"], "\n".join(lines)


def history(deployment: Deployment, execution: str) -> list[dict[str, Any]]:
    pages = deployment.client("stepfunctions").get_paginator("get_execution_history")
    return [event for page in pages.paginate(executionArn=execution) for event in page["events"]]


def causes(event: dict[str, Any]) -> Iterator[str]:
    """What the execution says of a failure. Requests, and jobs as SageMaker describes them, hold
    the Environment that they were given."""
    for name, details in event.items():
        if name.endswith("EventDetails") and name != "taskFailedEventDetails":
            yield details.get("cause", "")


def token_of(deployment: Deployment, execution: str) -> str:
    key = f"runs/{execution.rsplit(':', 1)[-1]}/approval.json"
    stored = deployment.client("s3").get_object(
        Bucket=deployment.outputs["DataBucketName"], Key=key
    )
    return str(json.load(stored["Body"])["TaskToken"])


def registry(deployment: Deployment, execution: str) -> str:
    described = [
        deployment.client("sagemaker").describe_model_package(ModelPackageName=arn)
        for arn in packages(deployment, execution)
    ]
    return json.dumps(described, default=str)


def terminal(deployment: Deployment, document: dict[str, Any], execution: str) -> str:
    """What the command line prints of the runs, and of inputs that it refuses."""
    wrong = json.dumps({**document, "Environment": [PASSWORD], "Strategy": "x"})
    commands = [
        (["check", "-"], wrong),
        (["start", "--input", "-"], wrong),
        (["watch", execution, "--runs", str(deployment.directory / "runs")], ""),
        (["results", execution], ""),
        (["results", execution, "--format", "json"], ""),
        (["compare", execution, execution], ""),
    ]
    printed = ""
    for arguments, given in commands:
        run = subprocess.run(
            ["retune", *arguments],
            env=deployment.environment,
            input=given,
            capture_output=True,
            text=True,
            check=False,
        )
        printed += run.stdout + run.stderr
    assert printed.count("Environment = (not shown)") >= 2
    assert "Deployed" in printed
    return printed
