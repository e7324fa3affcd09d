"""The SageMaker Python SDK v3 works against local AWS as against AWS."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_sagemaker.server import IMAGE
from tests.sdk.conftest import Program


@pytest.fixture(scope="module")
def tuned(program: Program, bucket: str, role: str) -> Any:
    return program("tune", bucket=bucket, role=role)


def test_tuner_tunes_xgboost_and_names_the_best_training_job(tuned: Any) -> None:
    best = max(tuned["rows"], key=lambda row: row["FinalObjectiveValue"])
    assert tuned["status"] == "Completed"
    assert tuned["best"] == best["TrainingJobName"]


def test_analytics_shows_every_training_job_with_its_hyperparameters(tuned: Any) -> None:
    assert {"eta", "max_depth", "subsample", "TrainingElapsedTimeSeconds"} < set(tuned["columns"])
    assert len(tuned["rows"]) == 4
    for row in tuned["rows"]:
        assert row["TrainingJobStatus"] == "Completed"
        assert 0.05 <= row["eta"] <= 0.5
        assert row["TrainingElapsedTimeSeconds"] > 0


def test_tuner_starts_from_another_and_can_be_stopped(tuned: Any) -> None:
    assert (tuned["child"], tuned["stopped"]) == ("Completed", "Stopped")


def test_resources_train_serve_and_list(
    program: Program, bucket: str, role: str, tuned: Any
) -> None:
    done = program("resources", bucket=bucket, role=role, image=IMAGE, tuning_job=tuned["name"])
    assert done["status"] == "Completed"
    assert set(done["metrics"]) == {"train:logloss", "validation:logloss"}
    high, low = done["predictions"]
    assert low < 0.5 < high
    assert sorted(done["training_jobs"]) == sorted(row["TrainingJobName"] for row in tuned["rows"])
    assert tuned["name"] in done["tuning_jobs"]


def test_script_processor_uploads_its_script_and_follows_its_log(
    program: Program, local_aws: LocalAws, bucket: str, role: str
) -> None:
    done = program("process", bucket=bucket, role=role, image=IMAGE)
    counted = local_aws.client("s3").get_object(Bucket=bucket, Key="counted/lines.txt")
    assert done["status"] == "Completed"
    assert done["name"] in done["jobs"]
    assert counted["Body"].read() == b"200"
