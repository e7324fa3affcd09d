"""Prepare: a run that starts from a raw table, as a schedule would start it again and again."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.rollout import tiny

ENDPOINT = "retune-preparing"


def raw_table(rows: int, seed: int, *, towns: tuple[str, ...] = ("Ulm", "Bonn", "Kiel")) -> str:
    """Whether somebody buys, by age, town and the day; with gaps, and an order's own number."""
    random = np.random.default_rng(seed)
    lines = ["order,day,town,age,bought"]
    for number in range(rows):
        age, town = int(random.integers(18, 90)), str(random.choice(towns))
        bought = age + 30 * (town == towns[0]) + random.normal(scale=8) > 60
        day = f"2026-{number % 12 + 1:02}-{number % 28 + 1:02}"
        shown = "" if number % 17 == 0 else str(age)
        lines.append(f"A{seed}-{number},{day},{town},{shown},{'yes' if bought else 'no'}")
    return "\n".join(lines) + "\n"


def upload(deployment: Deployment, key: str, content: str) -> None:
    bucket = deployment.outputs["DataBucketName"]
    deployment.client("s3").put_object(Bucket=bucket, Key=f"tables/{key}", Body=content)


def input_of_a_schedule(deployment: Deployment, table: str, **prepare: Any) -> dict[str, Any]:
    uri = f"s3://{deployment.outputs['DataBucketName']}/tables/{table}/"
    return tiny(ENDPOINT) | {
        "RetuneWhen": "DataChanged",
        "Prepare": {"Table": uri, "Label": "bought", "Positive": "yes", **prepare},
    }


def outcome(execution: dict[str, Any]) -> dict[str, Any]:
    assert execution["status"] == "SUCCEEDED", execution.get("cause")
    return dict(json.loads(execution["output"]))


@pytest.fixture(scope="module")
def deployed(deployment: Deployment) -> dict[str, Any]:
    upload(deployment, "orders/2026.csv", raw_table(600, 0))
    return outcome(deployment.run(input_of_a_schedule(deployment, "orders")))


def test_raw_table_becomes_an_endpoint(deployment: Deployment, deployed: dict[str, Any]) -> None:
    assert deployed["Outcome"] == "Deployed", deployed
    assert deployed["Verdict"]["Candidate"]["Score"] > 0.8
    job = deployed["TuningJobName"].rsplit("-", 1)[0]
    seconds = deployed["Cost"]["BillableSeconds"]
    described = deployment.client("sagemaker").describe_processing_job(
        ProcessingJobName=f"{job}-prepare-00"
    )
    lasted = described["ProcessingEndTime"] - described["ProcessingStartTime"]
    assert sum(seconds.values()) > lasted.total_seconds()


@pytest.mark.usefixtures("deployed")
def test_raw_rows_are_predicted(deployment: Deployment, tmp_path: Path) -> None:
    table = tmp_path / "orders.csv"
    table.write_text(raw_table(200, 7))
    asked = ["predict", str(table), "--endpoint-name", ENDPOINT, "--label-column", "bought"]
    header, *answers = deployment.retune(*asked).stdout.splitlines()
    assert header == "actual,predicted,no,yes"
    right = sum(actual == predicted for actual, predicted, *_ in map(cells, answers))
    assert right > 0.7 * len(answers) == 0.7 * 200


def cells(line: str) -> list[str]:
    return line.split(",")


@pytest.mark.usefixtures("deployed")
def test_unchanged_table_is_not_prepared_again(deployment: Deployment) -> None:
    again = outcome(deployment.run(input_of_a_schedule(deployment, "orders")))
    assert again["Outcome"] == "Skipped"
    jobs = deployment.client("sagemaker").list_processing_jobs()["ProcessingJobSummaries"]
    assert len(jobs) == 1


@pytest.mark.usefixtures("deployed")
def test_columns_stay_as_what_serves_has_them_when_the_table_grows(deployment: Deployment) -> None:
    """A town that is new is as good as unseen: the champion and clients know no column for it."""
    upload(deployment, "orders/2027.csv", raw_table(600, 1, towns=("Ulm", "Bonn", "Kiel", "Jena")))
    again = outcome(deployment.run(input_of_a_schedule(deployment, "orders")))
    assert again["Outcome"] in ("Deployed", "KeptChampion"), again
    assert again["Verdict"]["Champion"]["Score"] > 0.8
    features = description(deployment, again)["features"]
    assert [name for name in features if name.startswith("town")] == [
        "town=Bonn", "town=Kiel", "town=Ulm"
    ]  # fmt: skip


def description(deployment: Deployment, output: dict[str, Any]) -> dict[str, Any]:
    """That of the channels that the run was tuned on."""
    job = deployment.client("sagemaker").describe_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=output["TuningJobName"]
    )
    channel = job["TrainingJobDefinition"]["InputDataConfig"][0]["DataSource"]["S3DataSource"]
    bucket, _, key = channel["S3Uri"].removeprefix("s3://").partition("/")
    key = key.replace("train/", "retune.preparation.json")
    found = deployment.client("s3").get_object(Bucket=bucket, Key=key)
    return dict(json.load(found["Body"]))


def test_table_that_cannot_be_prepared_fails_with_the_programs_sentence(
    deployment: Deployment,
) -> None:
    upload(deployment, "broken/table.csv", raw_table(60, 2).replace("bought", "sold"))
    ended = deployment.run(input_of_a_schedule(deployment, "broken"))
    assert (ended["status"], ended["error"]) == ("FAILED", "PreparationFailed")
    first, *_ = ended["cause"].splitlines()
    assert first.startswith("Prepare: Prepare.Label 'bought': table.csv has no such column.")
    assert "Ulm" not in ended["cause"]
