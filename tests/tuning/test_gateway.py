"""What the gateway answers of S3, the registry and earlier tuning jobs, in moto's account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from botocore.stub import Stubber
from tuning.aws import gateway
from tuning.data.s3_location import S3Location
from tuning.errors import MissingData
from tuning.failure.notification import Notification

from tests.tuning.account import Account

BUCKET = "data-bucket"
ARN = "arn:aws:sagemaker:eu-central-1:123456789012:model-package/retune/7"


@pytest.fixture
def rows(account: Account) -> S3Location:
    account.put("data/train/rows.csv", "1,2\n0,3\n")
    return S3Location(BUCKET, "data/train/rows.csv")


def test_level_has_keys_and_folders(account: Account, rows: S3Location) -> None:
    account.put("data/train/more/rows.csv", "1,2\n")
    found = gateway.list_level(S3Location(BUCKET, "data/train/"))
    assert sorted(found) == ["data/train/more/", "data/train/rows.csv"]


def test_channel_has_the_objects_with_data_only(account: Account, rows: S3Location) -> None:
    account.put("data/train/_SUCCESS", "")
    (entry,) = gateway.list_channel(S3Location(BUCKET, "data/train/"))
    assert (entry.key, entry.size_bytes) == (rows.key, 8)
    assert datetime.now(UTC) - entry.modified < timedelta(minutes=5)


def test_object_is_read_whole_by_lines_in_parts_and_from_its_start(rows: S3Location) -> None:
    assert gateway.read_text(rows) == "1,2\n0,3\n"
    assert list(gateway.read_lines(rows)) == [b"1,2", b"0,3"]
    assert gateway.open_object(rows).read(3) == b"1,2"
    assert gateway.read_start(rows, 3) == b"1,2"


def test_version_is_told_where_the_bucket_keeps_versions(
    account: Account, rows: S3Location
) -> None:
    assert gateway.version_of(rows) is None
    enabled = {"Status": "Enabled"}
    account.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=enabled)
    account.put(rows.key, "1,2\n")
    assert gateway.version_of(rows)


def test_object_that_is_not_there_is_none_or_told_with_its_place(account: Account) -> None:
    missing = S3Location(BUCKET, "gone.json")
    assert gateway.read_if_there(missing) is None
    with pytest.raises(MissingData, match=r"s3://data-bucket/gone\.json.*was deleted meanwhile"):
        gateway.read_text(missing)
    with pytest.raises(MissingData, match="was deleted meanwhile"):
        gateway.version_of(missing)


def test_fault_that_a_person_cannot_mend_stays_as_it_is(account: Account, rows: S3Location) -> None:
    account.refuse("s3", "GetObject", "SlowDown", "Please reduce your request rate.")
    with pytest.raises(ClientError, match="SlowDown"):
        gateway.read_text(rows)


def test_package_that_somebody_deleted_is_empty(account: Account) -> None:
    account.refuse("sagemaker", "DescribeModelPackage", "ValidationException", "does not exist.")
    assert gateway.describe_model_package(ARN) == {}


def test_package_that_may_not_be_read_is_told(account: Account) -> None:
    account.refuse("sagemaker", "DescribeModelPackage", "AccessDeniedException", "not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        gateway.describe_model_package(ARN)


def test_tuning_job_that_is_not_there_is_none(account: Account) -> None:
    code, words = "ResourceNotFound", "Amazon SageMaker can't find a tuning job"
    account.refuse("sagemaker", "DescribeHyperParameterTuningJob", code, words)
    assert gateway.describe_tuning_job("retune-gone") is None


def test_latest_tuning_jobs_are_those_that_ended_with_the_very_prefix(account: Account) -> None:
    listed = [
        ("retune-c", "InProgress"),
        ("retune-b", "Stopped"),
        ("not-retune-x", "Completed"),
        ("retune-a", "Completed"),
    ]
    summaries = [
        {
            "HyperParameterTuningJobName": name,
            "HyperParameterTuningJobArn": f"{ARN}-{name}",
            "HyperParameterTuningJobStatus": status,
            "Strategy": "Bayesian",
            "CreationTime": 0,
            "TrainingJobStatusCounters": {},
            "ObjectiveStatusCounters": {},
        }
        for name, status in listed
    ]
    with Stubber(account.client("sagemaker")) as stub:
        page = {"HyperParameterTuningJobSummaries": summaries}
        stub.add_response("list_hyper_parameter_tuning_jobs", page)
        assert gateway.latest_tuning_jobs("retune-", 2) == ["retune-b", "retune-a"]


def test_object_is_created_once(account: Account) -> None:
    place = S3Location(BUCKET, "runs/monday/recovery-0.json")
    assert gateway.create_object(place, b"first", "text/plain")
    assert not gateway.create_object(place, b"second", "text/plain")
    assert gateway.read_text(place) == "first"


def test_object_that_may_not_be_created_is_told(account: Account) -> None:
    account.refuse("s3", "PutObject", "AccessDenied", "not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        gateway.create_object(S3Location(BUCKET, "recovery-0.json"), b"", "text/plain")


def test_message_is_published_with_its_outcome(account: Account) -> None:
    sns = account.client("sns")
    topic = sns.create_topic(Name="retune")["TopicArn"]
    assert gateway.publish(topic, Notification("subject", "message", "Deployed"))
