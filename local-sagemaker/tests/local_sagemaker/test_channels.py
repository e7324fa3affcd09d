"""How training jobs get the objects of their channels."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.recordio import CONTENT_TYPE as RECORDIO
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.jobs.channels import download
from local_sagemaker.sagemaker.jobs.pipes import in_order
from local_sagemaker.sagemaker.jobs.transfer import TransferFailed
from local_sagemaker.sagemaker.s3_location import S3Location

from tests.containers import tables
from tests.containers.formats import parquet, recordio
from tests.containers.linear_learner import binary_rows, csv
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name, training_request
from tests.local_sagemaker.test_linear_learner import STATIC, with_image
from tests.local_sagemaker.waiting import wait_for_training

PARQUET = "application/x-parquet"


@pytest.fixture(scope="module")
def parts(local: LocalSageMaker) -> str:
    """A prefix with the rows of a channel in three objects."""
    features, labels = binary_rows(300)
    for number, rows in enumerate(np.array_split(np.arange(300), 3)):
        body = csv(features[rows], labels[rows])
        local.s3.put_object(Bucket=BUCKET, Key=f"parts/{number}.csv", Body=body)
    return f"s3://{BUCKET}/parts/"


def trained(
    local: LocalSageMaker,
    source: dict[str, str],
    *,
    linear: bool = True,
    tag: str = "3.0-5",
    **options: Any,
) -> dict[str, Any]:
    """A training job with a channel of these settings."""
    request = training_request(new_name("channel"))
    specification = request["AlgorithmSpecification"]
    specification["TrainingImage"] = specification["TrainingImage"].replace("3.0-5", tag)
    if linear:
        with_image(request)["HyperParameters"] = {**STATIC, "epochs": "3"}
    source = {"S3DataType": "S3Prefix", **source}
    channel = {"ContentType": "text/csv", "DataSource": {"S3DataSource": source}, **options}
    names = ("train", "validation")
    request["InputDataConfig"] = [{"ChannelName": name, **channel} for name in names]
    local.sagemaker.create_training_job(**request)
    return wait_for_training(local, request["TrainingJobName"])


def metrics(job: dict[str, Any]) -> dict[str, float]:
    assert job["TrainingJobStatus"] == "Completed", job.get("FailureReason")
    found = {item["MetricName"]: item["Value"] for item in job["FinalMetricDataList"]}
    return {name: value for name, value in found.items() if "throughput" not in name}


def test_pipe_trains_the_same_model_as_files(local: LocalSageMaker, parts: str) -> None:
    files = metrics(trained(local, {"S3Uri": parts}))
    assert metrics(trained(local, {"S3Uri": parts}, InputMode="Pipe")) == files
    shuffle: dict[str, Any] = {"InputMode": "Pipe", "ShuffleConfig": {"Seed": 3}}
    shuffled = metrics(trained(local, {"S3Uri": parts}, **shuffle))
    assert shuffled.keys() == files.keys()
    assert metrics(trained(local, {"S3Uri": parts}, **shuffle)) == shuffled


@pytest.mark.parametrize("content_type", ["text/csv", PARQUET, RECORDIO])
def test_xgboost_up_to_1_7_trains_on_a_pipe_as_on_files(
    local: LocalSageMaker, tmp_path: Path, content_type: str
) -> None:
    rows = np.random.default_rng(0).normal(size=(60, 3)).round(2)
    rows[:, 0] = rows[:, 1] > 0
    write = {"text/csv": lambda part: tables.csv(part).encode(), RECORDIO: recordio}.get(
        content_type, lambda part: parquet(part, tmp_path)
    )
    prefix = f"piped/{content_type.rpartition('/')[2]}/"
    for number, part in enumerate((rows[:40], rows[40:])):
        local.s3.put_object(Bucket=BUCKET, Key=f"{prefix}{number}", Body=write(part))
    source = {"S3Uri": f"https://s3-us-east-1.amazonaws.com/{BUCKET}/{prefix}"}
    options: dict[str, Any] = {"ContentType": content_type, "linear": False, "tag": "1.7-1"}
    piped = metrics(trained(local, source, InputMode="Pipe", **options))
    assert piped == metrics(trained(local, source, **options))


def test_pipe_of_libsvm_is_refused_by_the_container(local: LocalSageMaker, parts: str) -> None:
    options = {"InputMode": "Pipe", "ContentType": "text/libsvm", "tag": "1.7-1"}
    job = trained(local, {"S3Uri": parts}, linear=False, **options)
    assert "TrainingInputMode Pipe must be File for text/libsvm" in job["FailureReason"]


def test_seed_gives_the_order_of_the_objects() -> None:
    objects = [("bucket", str(number)) for number in range(9)]
    assert in_order(objects, None) == objects
    first, second = (in_order(objects, {"Seed": seed}) for seed in (1, 2))
    assert sorted(first) == sorted(second) == objects
    assert first == in_order(objects, {"Seed": 1}) != second != objects


def test_job_that_fails_before_it_reads_its_pipe_ends(local: LocalSageMaker, parts: str) -> None:
    job = trained(local, {"S3Uri": parts}, InputMode="Pipe", ContentType="text/libsvm")
    assert job["TrainingJobStatus"] == "Failed"
    assert "ContentType text/libsvm" in job["FailureReason"]


def test_pipe_of_a_prefix_without_objects_fails(local: LocalSageMaker) -> None:
    job = trained(local, {"S3Uri": f"s3://{BUCKET}/nothing/"}, InputMode="Pipe")
    assert "No S3 objects found" in job["FailureReason"]


@pytest.mark.parametrize("linear", [True, False], ids=["Linear Learner", "XGBoost"])
def test_manifest_brings_the_objects_that_it_lists(
    local: LocalSageMaker, parts: str, linear: bool
) -> None:
    manifest = json.dumps([{"prefix": parts}, "0.csv", "1.csv", "2.csv"])
    local.s3.put_object(Bucket=BUCKET, Key="lists/all.manifest", Body=manifest)
    listed = {"S3DataType": "ManifestFile", "S3Uri": f"s3://{BUCKET}/lists/all.manifest"}
    whole = metrics(trained(local, {"S3Uri": parts}, linear=linear))
    assert metrics(trained(local, listed, linear=linear)) == whole


def test_job_stops_while_the_many_objects_of_its_manifest_are_on_their_way(
    local: LocalSageMaker, parts: str
) -> None:
    manifest = json.dumps([{"prefix": parts}, *["0.csv"] * 100_000])
    local.s3.put_object(Bucket=BUCKET, Key="lists/many.manifest", Body=manifest)
    request = training_request(new_name("many"))
    listed = {"S3DataType": "ManifestFile", "S3Uri": f"s3://{BUCKET}/lists/many.manifest"}
    request["InputDataConfig"][0]["DataSource"]["S3DataSource"] = listed
    local.sagemaker.create_training_job(**request)
    local.sagemaker.stop_training_job(TrainingJobName=request["TrainingJobName"])
    assert wait_for_training(local, request["TrainingJobName"])["TrainingJobStatus"] == "Stopped"


def test_one_instance_gets_all_shards(local: LocalSageMaker, parts: str) -> None:
    whole, sharded = (
        metrics(trained(local, {"S3Uri": parts, "S3DataDistributionType": distribution}))
        for distribution in ("FullyReplicated", "ShardedByS3Key")
    )
    assert sharded == whole


@pytest.mark.parametrize(
    "uri",
    [
        "s3://bucket/a/b",
        "https://s3-us-east-1.amazonaws.com/bucket/a/b",
        "https://s3.amazonaws.com/bucket/a/b",
        "https://bucket.s3.us-east-1.amazonaws.com/a/b",
        "https://bucket.s3.cn-north-1.amazonaws.com.cn/a/b",
    ],
)
def test_location_is_an_s3_uri_or_a_url_of_s3(uri: str) -> None:
    assert str(S3Location.parse(uri)) == "s3://bucket/a/b"


def test_other_locations_are_refused() -> None:
    with pytest.raises(ValidationException, match="is not an S3 URI"):
        S3Location.parse("https://example.com/bucket/a")


@pytest.mark.parametrize(
    ("manifest", "reason"),
    [
        (b"", "is not a manifest"),
        (b"[" * 100_000, "is not a manifest"),
        (b'{"prefix": "s3://retune-data/"}', "is not a manifest"),
        (b'[{"prefix": ["a"]}, ["b"]]', "is not a manifest"),
        (b'["a"]', "is not a manifest"),
        (b'[{"prefix": "s3://retune-data/"}, "a\\u0000b"]', "has a NUL character"),
        (b'[{"prefix": "s3://retune-data/"}, "\\ud800"]', "is no text"),
        (b'[{"prefix": "s3://retune-data/"}, "' + b"k" * 2000 + b'"]', "has a part of more than"),
        (b'[{"prefix": "s3://retune-data/"}, "' + b"k/" * 2500 + b'k"]', "File name too long"),
        (b'[{"prefix": "s3://retune-data/"}, "a\\nb"]', "Not Found"),
    ],
)
def test_odd_manifest_is_the_clients_error(
    local: LocalSageMaker, manifest: bytes, reason: str, tmp_path: Path
) -> None:
    local.s3.put_object(Bucket=BUCKET, Key="lists/odd", Body=manifest)
    source = {"S3DataType": "ManifestFile", "S3Uri": f"s3://{BUCKET}/lists/odd"}
    with pytest.raises(TransferFailed, match=reason) as failed:
        download(local.s3, source, tmp_path / "train")
    text = str(failed.value)
    assert text.startswith("ClientError: Data download failed: ")
    assert str(tmp_path) not in text
    assert len(text) < 1024
