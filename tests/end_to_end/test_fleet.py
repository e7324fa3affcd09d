"""A fleet: `retune start --all` retunes every model, whatever becomes of some."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.test_models import SMALL

ONE_JOB = SMALL | {
    "ResourceLimits": {"MaxNumberOfTrainingJobs": 1, "MaxParallelTrainingJobs": 1},
    "ParameterRanges": {"max_depth": {"MinValue": 3, "MaxValue": 6}},
}
MODELS: dict[str, dict[str, Any]] = {
    "churn": ONE_JOB,
    "dry": ONE_JOB | {"DryRun": True},
    "empty": ONE_JOB
    | {"Channels": {"train": "s3://{bucket}/none/", "validation": "s3://{bucket}/no/"}},
    "wrong": ONE_JOB | {"ParameterRanges": {"eta": {"MinValue": 3, "MaxValue": 2}}},
}


@pytest.fixture
def models(deployment: Deployment) -> Iterator[None]:
    """These are deployed, as schedules that are off, and the app's own is not."""
    scheduler, bucket = deployment.client("scheduler"), deployment.outputs["DataBucketName"]
    bank = scheduler.get_schedule(Name="retune-bank")
    scheduler.delete_schedule(Name="retune-bank")
    request = {name: bank[name] for name in ("FlexibleTimeWindow", "ScheduleExpression", "State")}
    for name, fields in MODELS.items():
        endpoint = {"Endpoint": {"EndpointName": f"retune-{name}"}}
        document = json.dumps({"ModelName": name, **endpoint, **fields})
        target = bank["Target"] | {"Input": document.replace("{bucket}", bucket)}
        scheduler.create_schedule(Name=f"retune-{name}", Target=target, **request)
    yield
    for name in MODELS:
        scheduler.delete_schedule(Name=f"retune-{name}")
    zone = {"ScheduleExpressionTimezone": bank["ScheduleExpressionTimezone"]}
    scheduler.create_schedule(Name="retune-bank", Target=bank["Target"], **request, **zone)


@pytest.mark.usefixtures("models")
def test_two_broken_models_do_not_end_the_runs_of_the_others(deployment: Deployment) -> None:
    command = ["retune", "start", "--all", "--watch"]
    watched = subprocess.run(
        command, env=deployment.environment, capture_output=True, text=True, check=False
    )
    arn, *lines = watched.stdout.splitlines()
    assert watched.returncode == 1, watched
    assert "Runs failed: empty, wrong." in watched.stderr
    ends = {line.split(":")[0]: line.split(":")[1].strip() for line in lines[:-1]}
    outcomes = {"churn": "Deployed", "dry": "DryRun", "empty": "DataMissing"}
    assert ends == outcomes | {"wrong": "InputRefused"}
    assert all(len(line) <= 80 for line in lines[:-1])
    summary = json.loads(deployment.finish(arn)["output"])
    assert summary["Outcomes"] == {outcome: [model] for model, outcome in ends.items()}
    assert summary["Cost"]["Amount"] > 0
    assert summary["MessageId"]
    run = f"{arn.replace('retune-fleet', 'retune')}-churn"
    assert deployment.finish(run)["status"] == "SUCCEEDED"
