"""What a run costs is told, its month knows it, and MonthlyBudget holds."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from tuning.prices.price_list import price

from tests.end_to_end.conftest import Deployment
from tests.end_to_end.rollout import tiny

ENDPOINT = "retune-budget"
BOUND = price("us-east-1", "Training", "ml.m5.large").amount  # its one training job has an hour


@pytest.fixture(scope="module")
def first(deployment: Deployment) -> dict[str, Any]:
    return outcome(deployment)


def outcome(deployment: Deployment) -> dict[str, Any]:
    ended = deployment.run(tiny(ENDPOINT, DryRun=True, MonthlyBudget=BOUND))
    assert ended["status"] == "SUCCEEDED", ended
    return dict(json.loads(ended["output"]))


def test_run_tells_what_its_training_has_cost(first: dict[str, Any]) -> None:
    (seconds,) = first["Cost"]["BillableSeconds"].values()
    assert first["Cost"]["Cost"]["Amount"] == pytest.approx(seconds * (BOUND or 0) / 3600, abs=1e-5)
    assert first["CostBound"]["Cost"]["Amount"] == BOUND


def test_run_that_could_come_above_the_budget_does_not_start(
    deployment: Deployment, first: dict[str, Any]
) -> None:
    over = outcome(deployment)
    assert over["Outcome"] == "OverBudget"
    assert "The runs for the endpoint retune-budget" in over["Reason"]
    assert over["Notified"]["MessageId"]
    month = f"endpoints/{ENDPOINT}/costs/{datetime.now(UTC):%Y-%m}.json"
    bucket = deployment.outputs["DataBucketName"]
    answer = deployment.client("s3").get_object(Bucket=bucket, Key=month)
    assert list(json.loads(answer["Body"].read())["Runs"]) == [first["ExecutionId"]]
