"""Tuning jobs that a function runs and another one hears of: the setting tuning_task = callback."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.end_to_end.conftest import (
    Deployment,
    outputs_of,
    succeed,
    wait_until,
)
from tests.end_to_end.rollout import endless, tiny

PREFIX = "called"
RESUME = f"{PREFIX}-ResumeTuning"


@pytest.fixture(scope="module")
def called(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A stack of its own, on the data of the other one."""
    folder = tmp_path_factory.mktemp("no-models")
    settings = {
        "name_prefix": PREFIX,
        "models": str(folder),
        "read_buckets": deployment.outputs["DataBucketName"],
        "retain_data": "false",
        "tuning_task": "callback",
    }
    context = [word for key, value in settings.items() for word in ("-c", f"retune:{key}={value}")]
    stack = replace(deployment, outputs={}, directory=folder)
    succeed(stack.cdk("deploy", "--require-approval", "never", *context))
    stack.outputs.update(outputs_of(stack.client, PREFIX))
    return stack


@pytest.fixture
def run(deployment: Deployment, request: pytest.FixtureRequest) -> dict[str, Any]:
    """To an endpoint of the test's own, so that no test waits for another one's run."""
    name = request.node.name.replace("_", "-").removeprefix("test-")[:40].rstrip("-")
    return document(deployment, tiny(f"{PREFIX}-{name}"))


def document(deployment: Deployment, run: dict[str, Any]) -> dict[str, Any]:
    bucket = deployment.outputs["DataBucketName"]
    channels = {name: f"s3://{bucket}/data/{name}/" for name in ("train", "validation")}
    return {**run, "Channels": channels}


def tuning_job(deployment: Deployment, execution: str) -> dict[str, Any]:
    """The one tuning job of an execution."""
    sagemaker = deployment.client("sagemaker")
    name = execution.rsplit(":", 1)[-1]
    listed = sagemaker.list_hyper_parameter_tuning_jobs(NameContains=f"{PREFIX}-")
    found = [
        job
        for job in listed["HyperParameterTuningJobSummaries"]
        for tag in sagemaker.list_tags(ResourceArn=job["HyperParameterTuningJobArn"])["Tags"]
        if tag["Key"] == "retune:execution" and tag["Value"].endswith(name)
    ]
    (job,) = found
    return dict(job)


def test_event_of_the_jobs_end_lets_the_execution_go_on(
    called: Deployment, run: dict[str, Any]
) -> None:
    described = called.run(run)
    assert described["status"] == "SUCCEEDED", described.get("cause")
    output = json.loads(described["output"])
    assert output["Outcome"] == "Deployed"
    job = tuning_job(called, described["executionArn"])
    assert job["HyperParameterTuningJobName"] == output["TuningJobName"]


def test_newer_members_reach_sagemaker(called: Deployment, run: dict[str, Any]) -> None:
    described = called.run({**run, "Autotune": {"Mode": "Enabled"}, "Environment": {"A": "b"}})
    assert described["status"] == "SUCCEEDED", described.get("cause")
    name = json.loads(described["output"])["TuningJobName"]
    job = called.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=name
    )
    assert job["Autotune"] == {"Mode": "Enabled"}
    assert job["TrainingJobDefinition"]["Environment"] == {"A": "b"}


def test_schedule_finds_a_job_whose_end_no_event_has_told(
    called: Deployment, run: dict[str, Any]
) -> None:
    events = called.client("events")
    events.disable_rule(Name=f"{PREFIX}-tuning")
    try:
        execution = called.start(run)
        wait_until(lambda: ended(called, execution), seconds=90)
        look(called)
        look(called)  # an event may be doubled, too
        assert called.finish(execution)["status"] == "SUCCEEDED"
    finally:
        events.enable_rule(Name=f"{PREFIX}-tuning")


def test_job_that_fails_ends_the_execution_with_its_reason(
    called: Deployment, run: dict[str, Any], local_aws_faults: LocalAws
) -> None:
    local_aws_faults.add_fault("kill-training", name=f"{PREFIX}-*", times=None)
    failed = called.run(run)
    assert failed["error"] == "NoTrialSucceeded", failed
    assert failed["cause"].startswith("RunTuning: ")


def test_attempt_whose_answer_was_lost_leaves_one_job(
    called: Deployment, run: dict[str, Any], local_aws_faults: LocalAws
) -> None:
    create = {"service": "sagemaker", "operation": "CreateHyperParameterTuningJob"}
    local_aws_faults.add_fault("crash-after", caller=f"lambda.{PREFIX}-RunTuning", **create)
    described = called.run(run)
    assert described["status"] == "SUCCEEDED", described.get("cause")
    assert tuning_job(called, described["executionArn"])


def test_stopping_the_execution_stops_the_job(deployment: Deployment, called: Deployment) -> None:
    execution = called.start(document(deployment, endless(f"{PREFIX}-stopped")))
    wait_until(lambda: bool(status(called, execution)), seconds=90)
    called.client("stepfunctions").stop_execution(executionArn=execution)
    wait_until(lambda: status(called, execution) == "Stopped", seconds=90)


def status(called: Deployment, execution: str) -> str:
    """Of its tuning job; empty before there is one."""
    try:
        return str(tuning_job(called, execution)["HyperParameterTuningJobStatus"])
    except ValueError:
        return ""


def ended(called: Deployment, execution: str) -> bool:
    return status(called, execution) in ("Completed", "Failed", "Stopped")


def look(called: Deployment) -> None:
    """What the schedule does."""
    invoked = called.client("lambda").invoke(FunctionName=RESUME, Payload=b"{}")
    assert "FunctionError" not in invoked
