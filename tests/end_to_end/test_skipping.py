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
    start = {"ParentHyperParameterTuningJobs": "Auto"}
    return tiny(ENDPOINT) | {
        "RetuneWhen": "DataChanged",
        "WarmStartConfig": start,
        "Channels": channels,
    }


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
def test_unchanged_data_are_not_paid_for_again(deployment: Deployment) -> None:
    jobs = len(tuning_jobs(deployment))
    again = outcome(deployment.run(input_of_a_schedule(deployment)))
    assert again["Outcome"] == "Skipped"
    assert "Neither the data nor the settings have changed" in again["Reason"]
    assert len(tuning_jobs(deployment)) == jobs


@pytest.fixture(scope="module")
def with_new_rows(deployment: Deployment, first_outcomes: list[dict[str, Any]]) -> dict[str, Any]:
    """What became of the next run, after the first."""
    assert len(first_outcomes) == 2
    upload(deployment, "train", seed=7)
    return outcome(deployment.run(input_of_a_schedule(deployment)))


def test_new_rows_are_paid_for(with_new_rows: dict[str, Any]) -> None:
    assert with_new_rows["Outcome"] != "Skipped"


def test_second_run_learns_from_the_first_and_says_so(
    deployment: Deployment,
    first_outcomes: list[dict[str, Any]],
    with_new_rows: dict[str, Any],
) -> None:
    (first,) = [output for output in first_outcomes if output["Outcome"] == "Deployed"]
    assert first["WarmStart"]["Started"] == "Cold"
    parent = first["TuningJobName"]
    job = deployment.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=with_new_rows["TuningJobName"]
    )
    assert job["WarmStartConfig"] == {
        "ParentHyperParameterTuningJobs": [{"HyperParameterTuningJobName": parent}],
        "WarmStartType": "TransferLearning",  # the rows are new
    }
    said = f"From {parent} (TransferLearning)."
    assert said in report(deployment, with_new_rows)
    name = with_new_rows["ExecutionId"].rsplit(":", 1)[-1]
    assert f"Warm start: {said}" in " ".join(deployment.retune("results", name).stderr.split())


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


def report(deployment: Deployment, output: dict[str, Any]) -> str:
    bucket, _, key = output["Files"]["Report"].removeprefix("s3://").partition("/")
    page = deployment.client("s3").get_object(Bucket=bucket, Key=key)
    return str(page["Body"].read().decode())
