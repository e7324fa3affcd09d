"""Batch transform jobs that really predict."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.recordio import VALUES, Record, Tensor, write_records
from local_sagemaker.sagemaker.transform.payloads import payloads

from tests.contract.refusal import refusal
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


def transform_request(model: str, prefix: str, **options: Any) -> dict[str, Any]:
    return {
        "TransformJobName": new_name("transform"),
        "ModelName": model,
        "TransformInput": {
            "DataSource": {
                "S3DataSource": {"S3DataType": "S3Prefix", "S3Uri": f"s3://{BUCKET}/{prefix}"}
            },
            "ContentType": "text/csv",
            "SplitType": "Line",
        },
        "TransformOutput": {"S3OutputPath": f"s3://{BUCKET}/predictions", "AssembleWith": "Line"},
        "TransformResources": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
        **options,
    }


def transform(local: LocalSageMaker, model: str, prefix: str, **options: Any) -> dict[str, Any]:
    request = transform_request(model, prefix, **options)
    local.sagemaker.create_transform_job(**request)
    name = request["TransformJobName"]
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


def output_rows(local: LocalSageMaker, key: str) -> list[list[str]]:
    body = local.s3.get_object(Bucket=BUCKET, Key=f"predictions/{key}.out")["Body"].read()
    return [line.split(",") for line in body.decode().splitlines()]


@pytest.mark.parametrize("strategy", ["MultiRecord", "SingleRecord"])
def test_label_is_stripped_and_the_answer_joined(
    local: LocalSageMaker, model: str, strategy: str
) -> None:
    """A labelled test set goes in; label and prediction of each row come out."""
    key = f"labelled-{strategy}.csv"
    local.s3.put_object(Bucket=BUCKET, Key=f"labelled/{key}", Body="1,0.9,0.5\n0,0.1,0.5\n")
    processing = {"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0,-1]"}
    job = transform(
        local, model, f"labelled/{key}", BatchStrategy=strategy, DataProcessing=processing
    )
    assert job["TransformJobStatus"] == "Completed", job.get("FailureReason")
    assert job["DataProcessing"] == processing
    rows = output_rows(local, key)
    assert [(label, float(score) > 0.5) for label, score in rows] == [("1", True), ("0", False)]


def test_input_filter_alone_gives_the_plain_answers(local: LocalSageMaker, model: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="stripped/rows.csv", Body="1,0.9,0.5\n0,0.1,0.5\n")
    job = transform(local, model, "stripped/rows.csv", DataProcessing={"InputFilter": "$[1:]"})
    assert job["TransformJobStatus"] == "Completed", job.get("FailureReason")
    assert [len(row) for row in output_rows(local, "rows.csv")] == [1, 1]


def test_filter_beyond_the_columns_fails_the_job(local: LocalSageMaker, model: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="narrow/rows.csv", Body="1,0.9,0.5\n")
    processing = {"InputFilter": "$[1:]", "OutputFilter": "$[7]"}
    job = transform(local, model, "narrow/", DataProcessing=processing)
    assert job["TransformJobStatus"] == "Failed"
    assert "narrow/rows.csv: A filter selects column 7 of 1" in job["FailureReason"]


def test_filter_that_lists_a_range_fails_the_job(local: LocalSageMaker, model: str) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="ranges/rows.csv", Body="1,0.9,0.5\n")
    processing = {"InputFilter": "$[1:]", "JoinSource": "Input", "OutputFilter": "$[0:2,3:]"}
    job = transform(local, model, "ranges/", DataProcessing=processing)
    assert job["TransformJobStatus"] == "Failed"
    assert (
        "Invalid JsonPath: $[0:2,3:]: only single range filters of format (eg: [1:5]) are supported"
    ) in job["FailureReason"]


@pytest.mark.parametrize(
    ("change", "text"),
    [
        ({"ExperimentConfig": {"TrialName": "a"}}, "local AWS has no experiments"),
        ({"MaxPayloadInMB": 101}, "MaxPayloadInMB 101 is above 100"),
        (
            {"MaxPayloadInMB": 20, "MaxConcurrentTransforms": 6},
            "MaxConcurrentTransforms 6 times MaxPayloadInMB 20 is above 100",
        ),
        ({"DataProcessing": {"InputFilter": "$.features"}}, "'$.features' selects no columns"),
        (
            {
                "DataProcessing": {"JoinSource": "Input"},
                "TransformOutput": {"S3OutputPath": f"s3://{BUCKET}/predictions"},
            },
            "needs TransformOutput.AssembleWith Line",
        ),
    ],
    ids=["experiment", "payload", "payloads", "JSON filter", "join without lines"],
)
def test_what_is_too_much_or_local_aws_lacks_is_refused(
    local: LocalSageMaker, model: str, change: dict[str, Any], text: str
) -> None:
    request = transform_request(model, "labelled/", **change)
    code, message = refusal(local.sagemaker.create_transform_job, request)
    assert code == "ValidationException"
    assert text in message


def test_payloads_hold_as_many_lines_as_fit() -> None:
    content = b"a" * 700_000 + b"\n" + b"b" * 700_000 + b"\n" + b"c\n"
    parts = payloads(content, split="Line", strategy="MultiRecord", max_payload_mb=1)
    assert [len(part) for part in parts] == [700_001, 700_003]


def test_payloads_of_recordio_are_whole_records() -> None:
    more = {"odd": Tensor(np.ones(1))}  # so that a record ends in padding
    rows = [
        write_records([Record({VALUES: Tensor(np.full(100_000, float(number)))} | more)])
        for number in range(3)
    ]
    assert rows[0].endswith(b"\0")
    parts = payloads(b"".join(rows), split="RecordIO", strategy="MultiRecord", max_payload_mb=1)
    assert list(parts) == [b"".join(rows[:2]), rows[2]]


def test_record_above_the_payload_limit_is_refused() -> None:
    with pytest.raises(ValueError, match="exceeds MaxPayloadInMB, 1"):
        list(payloads(b"a" * 2_000_000, split="None", strategy="MultiRecord", max_payload_mb=1))
