"""A hundred new files start one run of their model, and what the run writes starts none."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.end_to_end.conftest import (
    Deployment,
    customers,
    outputs_of,
    succeed,
    wait_until,
)
from tests.end_to_end.rollout import tiny

PREFIX, MODEL, FILES = "arriving", "watched", 100


@pytest.fixture(scope="module")
def arriving(deployment: Deployment, tmp_path_factory: pytest.TempPathFactory) -> Deployment:
    """A stack of its own, whose only model is started by new data."""
    folder = tmp_path_factory.mktemp("arriving")
    document = tiny(f"{PREFIX}-{MODEL}", Arrivals={"QuietInSeconds": 60})
    (folder / f"{MODEL}.json").write_text(json.dumps(document))
    settings = {"name_prefix": PREFIX, "models": folder, "retain_data": "false"}
    context = [word for key, value in settings.items() for word in ("-c", f"retune:{key}={value}")]
    stack = replace(deployment, outputs={}, directory=folder)
    succeed(stack.cdk("deploy", "--require-approval", "never", *context))
    stack.outputs.update(outputs_of(stack.client, PREFIX))
    return stack


def test_hundred_files_start_one_run_of_their_model(arriving: Deployment) -> None:
    rows = customers(800, seed=4).splitlines()
    upload(arriving, "validation/rows.csv", rows[:200])
    for number in range(FILES):
        upload(arriving, f"train/{number:03}.csv", rows[200 + number :: FILES])
    wait_until(lambda: bool(executions(arriving)), seconds=300)
    (started,) = executions(arriving)
    ended = arriving.finish(started)
    assert ended["name"].startswith("arrivals-")
    assert json.loads(ended["input"]) == {"ModelName": MODEL}
    assert ended["status"] == "SUCCEEDED", ended["cause"]
    assert json.loads(ended["output"])["Outcome"] == "Deployed"
    assert executions(arriving) == [started]
    assert not waiting(arriving)  # its artefacts and its report have not started another one


def upload(stack: Deployment, key: str, rows: list[str]) -> None:
    bucket = stack.outputs["DataBucketName"]
    stack.client("s3").put_object(Bucket=bucket, Key=f"data/{key}", Body="\n".join(rows))


def executions(stack: Deployment) -> list[str]:
    machine = stack.outputs["StateMachineArn"]
    listed = stack.client("stepfunctions").list_executions(stateMachineArn=machine)
    return [each["executionArn"] for each in listed["executions"]]


def waiting(stack: Deployment) -> list[Any]:
    """The starts that wait for more objects."""
    group = f"{PREFIX}-arrivals"
    return list(stack.client("scheduler").list_schedules(GroupName=group)["Schedules"])
