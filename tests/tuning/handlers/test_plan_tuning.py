"""The handler PlanTuning against S3."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.errors import InvalidInput, MissingData
from tuning.handlers import plan_tuning
from tuning.handlers.plan_tuning import handler

from tests.tuning.account import Account
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import ENVIRONMENT, EXECUTION

EVENT = {
    "Input": {},
    "ExecutionId": EXECUTION.id,
    "ExecutionName": "monday",
    "StartTime": "2026-11-24T06:30:00.123Z",
}


@pytest.fixture
def bucket(account: Account, monkeypatch: pytest.MonkeyPatch) -> Account:
    """The data bucket, and what else PlanTuning reads from its environment."""
    monkeypatch.setenv("ALARM_NAMES", "[]")
    monkeypatch.setenv("IMAGE_REPOSITORIES", "[]")
    monkeypatch.setenv("TRAINING_ROLE_ARN", ENVIRONMENT.training_role_arn)
    defaults = {"ResourceLimits": {"MaxNumberOfTrainingJobs": 7}}
    monkeypatch.setenv("DEFAULT_INPUT", json.dumps(defaults))
    return account


def upload(bucket: Account, *names: str) -> None:
    for name in names:
        bucket.put(f"data/{name}/{name}.csv", "1,2\n0,3\n")


def test_handler_returns_the_plan_with_the_deployed_defaults(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    config = plan["TuningJob"]["HyperParameterTuningJobConfig"]
    assert config["ResourceLimits"]["MaxNumberOfTrainingJobs"] == 7
    assert plan["Samples"]["Key"] == "data/validation/validation.csv"


def test_recovery_finds_the_plan_in_the_folder_of_the_execution(bucket: Account) -> None:
    upload(bucket, "train", "validation")
    plan = handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) == plan


def test_input_that_is_refused_leaves_no_plan(bucket: Account) -> None:
    with pytest.raises(MissingData):
        handler(EVENT, CONTEXT)
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None


def test_handler_raises_missing_data_by_its_wire_name(bucket: Account) -> None:
    upload(bucket, "train")
    with pytest.raises(MissingData, match=r"Channels\.validation"):
        handler(EVENT, CONTEXT)


def test_handler_names_every_channel_in_a_bucket_that_is_not_there(bucket: Account) -> None:
    channels = {"train": "s3://no-such-bucket/train/", "validation": "s3://no-such-bucket/other/"}
    with pytest.raises(MissingData) as missing:
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)
    fix = "There is no such bucket. Check the name, and that it is in this account."
    assert str(missing.value).splitlines() == [
        f"Channels.train = 's3://no-such-bucket/train/': {fix}",
        f"Channels.validation = 's3://no-such-bucket/other/': {fix}",
    ]


def test_handler_refuses_an_impossible_input(bucket: Account) -> None:
    with pytest.raises(InvalidInput, match="max_depth is a hyperparameter"):
        handler({**EVENT, "Input": {"max_depth": 3}}, CONTEXT)


def test_handler_refuses_a_plan_that_no_state_could_be_handed(
    bucket: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    upload(bucket, "train", "validation")
    monkeypatch.setattr(plan_tuning, "MAX_PLAN_BYTES", 1000)
    with pytest.raises(InvalidInput, match=r"bytes': The requests .* have at most 1000 bytes"):
        handler(EVENT, CONTEXT)


def test_sibling_prefix_is_seen_in_s3(bucket: Account) -> None:
    upload(bucket, "train", "train-old", "validation")
    channels = {
        "train": "s3://data-bucket/data/train",
        "validation": "s3://data-bucket/data/validation/",
    }
    with pytest.raises(InvalidInput, match="also data/train-old/"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)


def test_brackets_without_end_are_refused_before_anything_reads_them(bucket: Account) -> None:
    channels: Any = []
    for _ in range(5_000):
        channels = [channels]
    with pytest.raises(InvalidInput, match="Channels = 'more than 32 levels'"):
        handler({**EVENT, "Input": {"Channels": channels}}, CONTEXT)
