"""Batch transform jobs that really predict."""

from __future__ import annotations

from typing import Any

import pytest

from local_aws.sagemaker.transform.payloads import payloads
from tests.local_sagemaker.hosting import create_model
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name, training_request
from tests.local_sagemaker.waiting import ENDED, wait_for_training, wait_until

ROWS = "0.9,0.5\n0.1,0.5\n0.8,0.2\n"


@pytest.fixture(scope="session")
def model(local: LocalSageMaker) -> str:
    name = new_name("transformed")
    local.sagemaker.create_training_job(**training_request(name))
    artefacts = wait_for_training(local, name)["ModelArtifacts"]
    return create_model(local, artefacts["S3ModelArtifacts"])


def transform(local: LocalSageMaker, model: str, prefix: str, **options: Any) -> dict[str, Any]:
    name = new_name("transform")
    local.sagemaker.create_transform_job(
        TransformJobName=name,
        ModelName=model,
        TransformInput={
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/{prefix}"}
            },
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        TransformOutput={"S3OutputPath": f"s3://{BUCKET}/predictions", "AssembleWith": "Line"},
        TransformResources={"InstanceType": "ml.m5.large", "InstanceCount": 1},
        **options,
    )
    return wait_until(
        lambda: local.sagemaker.describe_transform_job(TransformJobName=name),
        lambda job: job["TransformJobStatus"] in ENDED,
    )


@pytest.mark.parametrize("strategy", ["MultiRecord", "SingleRecord"])
def test_transform_job_writes_a_prediction_for_each_row(
    local: LocalSageMaker, model: str, strategy: str
) -> None:
    local.s3.put_object(Bucket=BUCKET, Key=f"{strategy}/rows.csv", Body=ROWS)
    job = transform(local, model, f"{strategy}/", BatchStrategy=strategy)
    assert job["TransformJobStatus"] == "Completed", job.get("FailureReason")
    output = local.s3.get_object(Bucket=BUCKET, Key="predictions/rows.csv.out")["Body"].read()
    assert [float(line) > 0.5 for line in output.splitlines()] == [True, False, True]
    assert local.sagemaker.list_transform_jobs(StatusEquals="Completed")["TransformJobSummaries"]


def test_transform_job_fails_with_the_containers_words(local: LocalSageMaker, model: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="wide/rows.csv", Body="1,2,3,4\n")
    job = transform(local, model, "wide/")
    assert job["TransformJobStatus"] == "Failed"
    assert "wide/rows.csv: the container answered 400" in job["FailureReason"]


def test_payloads_hold_as_many_lines_as_fit() -> None:
    content = b"a" * 700_000 + b"\n" + b"b" * 700_000 + b"\n" + b"c\n"
    parts = payloads(content, split="Line", strategy="MultiRecord", max_payload_mb=1)
    assert [len(part) for part in parts] == [700_001, 700_003]


def test_record_above_the_payload_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="exceeds MaxPayloadInMB, 1"):
        list(payloads(b"a" * 2_000_000, split="None", strategy="MultiRecord", max_payload_mb=1))
