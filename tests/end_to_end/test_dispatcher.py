"""More models than schedules: one schedule starts those that are due, and all are found as ever."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any, cast

import pytest

from retune.aws import Aws
from retune.deployment.deployed_template import deployed_template, models_of
from tests.end_to_end.conftest import (
    Deployment,
    outputs_of,
    succeed,
    wait_until,
)
from tests.end_to_end.rollout import tiny

PREFIX, LOOK = "many", "many-StartDueModels"
NOTHING = {"train": "s3://{bucket}/none/", "validation": "s3://{bucket}/none-either/"}
EACH_MINUTE = {"Expression": "cron(* * * * ? *)", "TimeZone": "Europe/Berlin"}


@pytest.fixture(scope="module")
def many(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A stack of its own, which may have no schedule for a model; the models' runs end soon."""
    folder = tmp_path_factory.mktemp("many")
    bucket = deployment.outputs["DataBucketName"]
    channels = {name: uri.replace("{bucket}", bucket) for name, uri in NOTHING.items()}
    for name, state in (("due", "ENABLED"), ("off", "DISABLED")):
        schedule = EACH_MINUTE | {"State": state}
        document = tiny(f"{PREFIX}-{name}", Channels=channels, Schedule=schedule)
        (folder / f"{name}.json").write_text(json.dumps(document))
    settings = {
        "name_prefix": PREFIX,
        "models": folder,
        "retain_data": "false",
        "models_with_schedules": "0",
    }
    context = [word for key, value in settings.items() for word in ("-c", f"retune:{key}={value}")]
    stack = replace(deployment, outputs={}, directory=folder.parent)
    succeed(stack.cdk("deploy", "--require-approval", "never", *context))
    stack.outputs.update(outputs_of(stack.client, PREFIX))
    return stack


def test_model_that_is_due_is_started_once_and_planned_from_its_file(many: Deployment) -> None:
    for _ in range(2):  # what the second look finds due has been started by the first
        look_again(many, missed=timedelta(minutes=3))
    wait_until(lambda: bool(executions(many)))
    started = executions(many)
    assert len({each["name"] for each in started}) == len(started)
    assert all(each["name"].startswith("due-20") for each in started)
    ended = many.finish(started[-1]["executionArn"])
    assert json.loads(ended["input"]) == {"ModelName": "due"}
    assert ended["error"] == "DataMissing"
    assert "none/" in ended["cause"]


def test_models_are_shown_as_with_schedules_of_their_own(many: Deployment) -> None:
    shown = json.loads(many.retune("models", "--stack", PREFIX, "--format", "json").stdout)
    due, off = shown
    assert (due["ModelName"], due["EndpointName"]) == ("due", "many-due")
    assert due["ScheduleExpression"] == EACH_MINUTE["Expression"]
    assert due["NextRun"]
    assert off["NextRun"] is None


def look_again(stack: Deployment, missed: timedelta) -> None:
    """As its schedule calls the function, after nothing was looked at for a while."""
    bucket, since = stack.outputs["DataBucketName"], datetime.now(UTC) - missed
    stack.client("s3").put_object(
        Bucket=bucket, Key="endpoints/last-look.txt", Body=since.isoformat()
    )
    schedule = stack.client("scheduler").get_schedule(Name=LOOK)
    answer = stack.client("lambda").invoke(FunctionName=LOOK, Payload=schedule["Target"]["Input"])
    assert "FunctionError" not in answer, answer["Payload"].read()


def executions(stack: Deployment) -> list[Any]:
    machine = stack.outputs["StateMachineArn"]
    listed = stack.client("stepfunctions").list_executions(stateMachineArn=machine)
    return list(listed["executions"])


def test_next_deployment_knows_the_models_that_are_there(many: Deployment) -> None:
    found = models_of(deployed_template(cast(Aws, many), PREFIX))
    assert {name: schedule["State"] for name, schedule in found.items()} == {
        "due": "ENABLED",
        "off": "DISABLED",
    }
