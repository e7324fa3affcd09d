"""The handler PlanTuning against S3."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import boto3
import pytest
from moto import mock_aws
from tuning.aws import clients
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.errors import InvalidInput, MissingData
from tuning.handlers import plan_tuning
from tuning.handlers.plan_tuning import handler

from tests.tuning.lambda_context import CONTEXT

EVENT = {
    "Input": {},
    "ExecutionId": "arn:aws:states:us-east-1:123456789012:execution:retune:monday",
    "ExecutionName": "monday",
    "StartTime": "2026-11-24T06:30:00.123Z",
}


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    variables = {
        "NAME_PREFIX": "retune",
        "BUCKET": "data-bucket",
        "ALARM_NAMES": "[]",
        "TRAINING_ROLE_ARN": "arn:aws:iam::123456789012:role/retune-training",
        "DEFAULT_INPUT": '{"ResourceLimits": {"MaxNumberOfTrainingJobs": 7}}',
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ACCESS_KEY_ID": "testing",
        "AWS_SECRET_ACCESS_KEY": "testing",
    }
    for name, value in variables.items():
        monkeypatch.setenv(name, value)
    clients.client.cache_clear()
    with mock_aws():
        s3 = boto3.client("s3")
        s3.create_bucket(Bucket="data-bucket")
        yield s3
    clients.client.cache_clear()


def upload(s3: Any, *names: str) -> None:
    for name in names:
        s3.put_object(Bucket="data-bucket", Key=f"data/{name}/{name}.csv", Body=b"1,2\n0,3\n")


def test_handler_returns_the_plan_with_the_deployed_defaults(bucket: Any) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    config = plan["TuningJob"]["HyperParameterTuningJobConfig"]
    assert config["ResourceLimits"]["MaxNumberOfTrainingJobs"] == 7
    assert plan["Samples"]["Key"] == "data/validation/validation.csv"


def test_recovery_finds_the_plan_in_the_folder_of_the_execution(bucket: Any) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) == plan


def test_input_that_is_refused_leaves_no_plan(bucket: Any) -> None:
    with pytest.raises(MissingData):
        handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None


def test_handler_raises_missing_data_by_its_wire_name(bucket: Any) -> None:
    upload(bucket, "train")
    with pytest.raises(MissingData, match=r"Channels\.validation"):
        handler(EVENT, CONTEXT)


def test_handler_names_every_channel_in_a_bucket_that_is_not_there(bucket: Any) -> None:
    channels = {"train": "s3://no-such-bucket/train/", "validation": "s3://no-such-bucket/other/"}
    with pytest.raises(MissingData) as missing:
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)
    fix = "There is no such bucket. Check the name, and that it is in this account."
    assert str(missing.value).splitlines() == [
        f"Channels.train = 's3://no-such-bucket/train/': {fix}",
        f"Channels.validation = 's3://no-such-bucket/other/': {fix}",
    ]


def test_handler_refuses_an_impossible_input(bucket: Any) -> None:
    with pytest.raises(InvalidInput, match="max_depth is a hyperparameter"):
        handler({**EVENT, "Input": {"max_depth": 3}}, CONTEXT)


def test_handler_refuses_a_plan_that_no_state_could_be_handed(
    bucket: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(bucket, "train", "validation")
    monkeypatch.setattr(plan_tuning, "MAX_PLAN_BYTES", 1000)
    with pytest.raises(InvalidInput, match=r"bytes': The requests .* have at most 1000 bytes"):
        handler(EVENT, CONTEXT)


def test_sibling_prefix_is_seen_in_s3(bucket: Any) -> None:
    upload(bucket, "train", "train-old", "validation")
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/",
    }
    with pytest.raises(InvalidInput, match="also data/train-old/"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)


def test_brackets_without_end_are_refused_before_anything_reads_them(bucket: Any) -> None:
    channels: Any = []
    for _ in range(5_000):
        channels = [channels]
    with pytest.raises(InvalidInput, match="Channels = 'more than 32 levels'"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)
