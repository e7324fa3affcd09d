"""Runs that would be for nothing end in seconds, and say why."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment, customers
from tests.end_to_end.rollout import tiny

ENDPOINT = "retune-skipping"


def input_of_a_schedule(deployment: Deployment) -> dict[str, Any]:
    bucket = deployment.outputs["DataBucketName"]
    channels = {name: f"s3://{bucket}/data/skipping/{name}/" for name in ("train", "validation")}
    return tiny(ENDPOINT) | {"RetuneWhen": "DataChanged", "Channels": channels}


def upload(deployment: Deployment, channel: str, seed: int) -> None:
    deployment.client("s3").put_object(
        Bucket=deployment.outputs["DataBucketName"],
        Key=f"data/skipping/{channel}/customers.csv",
        Body=customers(300, seed),
    )


@pytest.fixture(scope="module")
def first_outcomes(deployment: Deployment) -> list[dict[str, Any]]:
    """What became of two executions that were started at the same moment."""
    for seed, channel in enumerate(("train", "validation")):
        upload(deployment, channel, seed)
    document = input_of_a_schedule(deployment)
    with ThreadPoolExecutor(2) as consoles:
        ended = list(consoles.map(deployment.run, [document, document]))
    return [json.loads(execution["output"]) for execution in ended]


def outcome(execution: dict[str, Any]) -> dict[str, Any]:
    assert execution["status"] == "SUCCEEDED", execution
    return dict(json.loads(execution["output"]))


def test_of_two_that_start_at_once_one_runs(first_outcomes: list[dict[str, Any]]) -> None:
    deployed, skipped = sorted(first_outcomes, key=lambda output: str(output["Outcome"]))
    assert (deployed["Outcome"], skipped["Outcome"]) == ("Deployed", "Skipped")
    assert deployed["ExecutionId"] in skipped["Reason"]
    assert skipped["Notified"]["MessageId"]


@pytest.mark.usefixtures("first_outcomes")
def test_unchanged_data_are_not_paid_for_again_and_new_rows_are(deployment: Deployment) -> None:
    document = input_of_a_schedule(deployment)
    jobs = len(tuning_jobs(deployment))
    again = outcome(deployment.run(document))
    assert again["Outcome"] == "Skipped"
    assert "Neither the data nor the settings have changed" in again["Reason"]
    assert len(tuning_jobs(deployment)) == jobs
    upload(deployment, "train", seed=7)
    assert outcome(deployment.run(document))["Outcome"] != "Skipped"


@pytest.mark.usefixtures("first_outcomes")
def test_command_line_says_why(deployment: Deployment, tmp_path: Path) -> None:
    document = tmp_path / "input.json"
    document.write_text(json.dumps(input_of_a_schedule(deployment)))
    options = ("--watch", "--input", str(document), "--runs", str(tmp_path))
    said = deployment.retune("start", *options).stderr
    assert "Skipped: Neither the data nor the settings have changed" in " ".join(said.split())


def tuning_jobs(deployment: Deployment) -> list[str]:
    pages = deployment.client("sagemaker").get_paginator("list_hyper_parameter_tuning_jobs")
    return [
        entry["HyperParameterTuningJobName"]
        for page in pages.paginate()
        for entry in page["HyperParameterTuningJobSummaries"]
    ]
