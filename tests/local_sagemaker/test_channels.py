"""How training jobs get the objects of their channels."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from local_aws.sagemaker.jobs.pipes import in_order
from tests.containers.linear_learner import binary_rows, csv
from tests.local_sagemaker.server import BUCKET, LocalSageMaker, new_name, training_request
from tests.local_sagemaker.test_linear_learner import STATIC, with_image
from tests.local_sagemaker.waiting import wait_for_training


@pytest.fixture(scope="module")
def parts(local: LocalSageMaker) -> str:
    """A prefix with the rows of a channel in three objects."""
    features, labels = binary_rows(300)
    for number, rows in enumerate(np.array_split(np.arange(300), 3)):
        body = csv(features[rows], labels[rows])
        local.s3.put_object(Bucket=BUCKET, Key=f"parts/{number}.csv", Body=body)
    return f"s3://{BUCKET}/parts/"


def trained(
    local: LocalSageMaker, source: dict[str, str], *, linear: bool = True, **options: Any
) -> dict[str, Any]:
    """A training job with a channel of these settings."""
    request = training_request(new_name("channel"))
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
    shuffle = {"InputMode": "Pipe", "ShuffleConfig": {"Seed": 3}}
    shuffled = metrics(trained(local, {"S3Uri": parts}, **shuffle))
    assert shuffled.keys() == files.keys()
    assert metrics(trained(local, {"S3Uri": parts}, **shuffle)) == shuffled


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


def test_one_instance_gets_all_shards(local: LocalSageMaker, parts: str) -> None:
    whole, sharded = (
        metrics(trained(local, {"S3Uri": parts, "S3DataDistributionType": distribution}))
        for distribution in ("FullyReplicated", "ShardedByS3Key")
    )
    assert sharded == whole
