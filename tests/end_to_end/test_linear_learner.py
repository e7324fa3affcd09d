"""The whole workflow with another algorithm: its name is all that the input must say."""

import json
import subprocess
from typing import Any

import pytest

from tests.end_to_end.conftest import Deployment, customers


def events(deployment: Deployment, execution: str) -> dict[str, Any]:
    """What each state of an execution gave, by its name."""
    history = deployment.client("stepfunctions").get_paginator("get_execution_history")
    pages = history.paginate(executionArn=execution)
    exits = [
        event["stateExitedEventDetails"]
        for page in pages
        for event in page["events"]
        if "stateExitedEventDetails" in event
    ]
    return {details["name"]: json.loads(details["output"]) for details in exits}


@pytest.fixture(scope="module")
def run(deployment: Deployment) -> dict[str, Any]:
    described = deployment.run(
        {
            "Algorithm": "linear-learner",
            "ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 2},
            "Endpoint": {"EndpointName": "retune-linear"},
        }
    )
    assert described["status"] == "SUCCEEDED", described
    return described


def test_execution_deploys_the_best_linear_model(
    deployment: Deployment, run: dict[str, Any]
) -> None:
    summary = json.loads(run["output"])
    best = deployment.client("sagemaker").describe_training_job(
        TrainingJobName=summary["BestTrainingJob"]
    )
    assert summary["Outcome"] == "Deployed"
    assert best["AlgorithmSpecification"]["TrainingImage"].endswith("/linear-learner:1")
    assert summary["Value"] > 0.6


def test_workflow_verified_the_endpoints_answers(
    deployment: Deployment, run: dict[str, Any]
) -> None:
    rows = events(deployment, run["executionArn"])["VerifyEndpoint"]["Rows"]
    assert len(rows) == 5
    assert all(row["Actual"] in (0, 1) and 0 <= row["Predicted"] <= 1 for row in rows)


def test_command_line_predicts_a_score_a_row(deployment: Deployment, run: dict[str, Any]) -> None:
    rows = [line.split(",", 1)[1] for line in customers(3, seed=9).splitlines()]
    scores = subprocess.run(
        ["retune", "predict", "--endpoint-name", "retune-linear"],
        input="\n".join(rows),
        env=deployment.environment,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert len(scores) == 3
    assert all(0 <= float(score) <= 1 for score in scores)


def test_report_shows_the_trials(deployment: Deployment, run: dict[str, Any]) -> None:
    bucket, s3 = deployment.outputs["DataBucketName"], deployment.client("s3")
    page = s3.get_object(Bucket=bucket, Key=f"runs/{run['name']}/report.html")["Body"].read()
    assert b"learning_rate" in page
    assert b"validation:roc_auc_score" in page
