"""What a training job says when S3 does not give or take its data, checkpoints and artefacts."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.config import Config
from local_sagemaker.process.free_port import free_port
from local_sagemaker.sagemaker.jobs.channels import download
from local_sagemaker.sagemaker.jobs.checkpoints import store
from local_sagemaker.sagemaker.jobs.training_run import TrainingRun
from local_sagemaker.sagemaker.jobs.transfer import TransferFailed
from local_sagemaker.sagemaker.region import Region

from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name, training_request
from tests.local_sagemaker.waiting import wait_for_training

MISSING = "s3://no-such-bucket/place"


def failure(local: LocalSageMaker, **members: Any) -> str:
    """The FailureReason of a training job with these members."""
    request = training_request(new_name("transfer")) | members
    local.sagemaker.create_training_job(**request)
    job = wait_for_training(local, request["TrainingJobName"])
    assert job["TrainingJobStatus"] == "Failed"
    return str(job["FailureReason"])


def test_artefact_cannot_be_uploaded(local: LocalSageMaker) -> None:
    reason = failure(local, OutputDataConfig={"S3OutputPath": MISSING})
    assert reason.startswith("ClientError: Artifact upload failed: The specified bucket does not ")
    assert MISSING in reason


def test_checkpoints_cannot_be_downloaded(local: LocalSageMaker) -> None:
    reason = failure(local, CheckpointConfig={"S3Uri": MISSING})
    assert reason == (
        f"ClientError: Checkpoint download failed: The specified bucket does not exist ({MISSING})"
    )


def test_checkpoints_cannot_be_uploaded(local: LocalSageMaker, tmp_path: Path) -> None:
    (tmp_path / "checkpoints").mkdir()
    (tmp_path / "checkpoints" / "state").write_text("of round 3")
    with pytest.raises(TransferFailed, match=f"Checkpoint upload failed: .*{MISSING}/state"):
        store(local.s3, {"S3Uri": MISSING}, tmp_path)


def test_connection_breaks_while_data_is_downloaded(tmp_path: Path) -> None:
    nobody = boto3.client(
        "s3",
        endpoint_url=f"http://127.0.0.1:{free_port()}",
        region_name="us-east-1",
        aws_access_key_id="test",
        aws_secret_access_key="test",
        config=Config(retries={"total_max_attempts": 1}),
    )
    source = {"S3DataType": "S3Prefix", "S3Uri": "s3://bucket/data"}
    with pytest.raises(TransferFailed, match="ClientError: Data download failed: Could not conn"):
        download(nobody, source, tmp_path)


@pytest.mark.parametrize(
    "content",
    ["rows.csv", "[]", "7", '{"prefix": "s3://bucket/"}', '["rows.csv"]', '[{}, "rows.csv"]',
     '[{"prefix": "s3://bucket/"}, 7]', '[{"prefix": "bucket/"}, "rows.csv"]', b"\xff"],
)  # fmt: skip
def test_manifest_is_none(local: LocalSageMaker, tmp_path: Path, content: str | bytes) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="lists/broken", Body=content)
    source = {"S3DataType": "ManifestFile", "S3Uri": f"s3://{BUCKET}/lists/broken"}
    expected = f"ClientError: Data download failed: s3://{BUCKET}/lists/broken is not a manifest"
    with pytest.raises(TransferFailed, match=expected):
        download(local.s3, source, tmp_path)


def test_job_that_is_killed_on_purpose_fails_however_small(
    local: LocalSageMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = TrainingRun._start_container

    def start_and_let_end(run: TrainingRun) -> Any:
        container = start(run)
        while container.running:
            time.sleep(0.05)
        return container

    monkeypatch.setattr(TrainingRun, "_start_container", start_and_let_end)
    monkeypatch.setattr(Region, "goes_wrong", lambda _, kind, *names: kind == "kill-training")
    assert failure(local).endswith("exit code: 137")
