"""Runs on other formats are proven as on plain CSV; scores are scikit-learn's."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest
from sklearn.metrics import accuracy_score, log_loss, roc_auc_score

from tests.end_to_end.conftest import Deployment, customers
from tests.end_to_end.formats import libsvm, marked_csv, recordio
from tests.end_to_end.rollout import tiny
from tests.end_to_end.test_held_out import LINEAR

RECORDIO = "application/x-recordio-protobuf"
CASES = {
    "libsvm": ("text/libsvm", libsvm, {}),
    "recordio": (RECORDIO, recordio, {}),
    "CSV with a byte order mark": ("text/csv", marked_csv, {}),
    "linear-learner": (RECORDIO, recordio, LINEAR),
}


def predictions(deployment: Deployment, execution: str) -> np.ndarray:
    """What the transform job of the candidate wrote."""
    s3, bucket = deployment.client("s3"), deployment.outputs["DataBucketName"]
    key = f"runs/{execution}/evaluation/candidate/rows.out"
    lines = s3.get_object(Bucket=bucket, Key=key)["Body"].read().decode().splitlines()
    return np.array([json.loads(x)["score"] if x[0] == "{" else float(x) for x in lines])


@pytest.mark.parametrize(("content_type", "write", "fields"), CASES.values(), ids=CASES.keys())
def test_scores_are_those_of_scikit_learn(
    deployment: Deployment, content_type: str, write: Any, fields: dict[str, Any]
) -> None:
    bucket, channels = deployment.outputs["DataBucketName"], {}
    labels = np.array([])
    for seed, (channel, count) in enumerate({"train": 400, "validation": 100, "test": 300}.items()):
        table = np.array([line.split(",") for line in customers(count, seed).splitlines()], float)
        key = f"{write.__name__}/{channel}/rows"
        deployment.client("s3").put_object(Bucket=bucket, Key=key, Body=write(table))
        channels[channel] = f"s3://{bucket}/{write.__name__}/{channel}/"
        labels = table[:, 0]
    endpoint = (
        f"retune-{write.__name__.replace('_', '-')}-{len(fields)}"  # a first model of its own
    )
    run = {**tiny(endpoint), **fields, "ContentType": content_type, "Channels": channels}
    if fields:
        del run["StaticHyperParameters"]
    ended = deployment.run(run)
    assert ended["status"] == "SUCCEEDED", ended
    verdict = json.loads(ended["output"])["Verdict"]
    found = predictions(deployment, ended["name"])
    assert verdict["Rows"] == len(found) == 300
    assert verdict["Candidate"]["Metrics"]["AUC"] == pytest.approx(roc_auc_score(labels, found))
    assert verdict["Candidate"]["Metrics"]["LogLoss"] == pytest.approx(log_loss(labels, found))
    assert verdict["Candidate"]["Metrics"]["Accuracy"] == pytest.approx(
        accuracy_score(labels, found > 0.5)
    )
    assert verdict["Candidate"]["Metrics"]["AUC"] > 0.6
    history = deployment.client("stepfunctions").get_execution_history(
        executionArn=ended["executionArn"], maxResults=1000
    )
    exits = (event.get("stateExitedEventDetails", {}) for event in history["events"])
    (verified,) = (json.loads(e["output"]) for e in exits if e.get("name") == "VerifyEndpoint")
    assert len(verified["Rows"]) == verified["RowsLikeTransform"] == 5
