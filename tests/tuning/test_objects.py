"""What is read of S3 and written to it, in moto's account."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from botocore.exceptions import ClientError
from tuning.aws import objects
from tuning.data.s3_location import S3Location
from tuning.errors import MissingData

from tests.tuning.account import Account

BUCKET = "data-bucket"


@pytest.fixture
def rows(account: Account) -> S3Location:
    account.put("data/train/rows.csv", "1,2\n0,3\n")
    return S3Location(BUCKET, "data/train/rows.csv")


def test_level_has_keys_and_folders(account: Account, rows: S3Location) -> None:
    account.put("data/train/more/rows.csv", "1,2\n")
    found = objects.list_level(S3Location(BUCKET, "data/train/"))
    assert sorted(found) == ["data/train/more/", "data/train/rows.csv"]


def test_channel_has_the_objects_with_data_only(account: Account, rows: S3Location) -> None:
    account.put("data/train/_SUCCESS", "")
    (entry,) = objects.list_channel(S3Location(BUCKET, "data/train/"))
    assert (entry.key, entry.size_bytes) == (rows.key, 8)
    assert datetime.now(UTC) - entry.modified < timedelta(minutes=5)


def test_object_is_read_whole_by_lines_in_parts_and_from_its_start(rows: S3Location) -> None:
    assert objects.read_text(rows) == "1,2\n0,3\n"
    assert list(objects.read_lines(rows)) == [b"1,2", b"0,3"]
    assert objects.open_object(rows).read(3) == b"1,2"
    assert objects.read_start(rows, 3) == b"1,2"


def test_version_is_told_where_the_bucket_keeps_versions(
    account: Account, rows: S3Location
) -> None:
    assert objects.version_of(rows) is None
    enabled = {"Status": "Enabled"}
    account.client("s3").put_bucket_versioning(Bucket=BUCKET, VersioningConfiguration=enabled)
    account.put(rows.key, "1,2\n")
    assert objects.version_of(rows)


def test_object_that_is_not_there_is_none_or_told_with_its_place(account: Account) -> None:
    missing = S3Location(BUCKET, "gone.json")
    assert objects.read_if_there(missing) is None
    with pytest.raises(MissingData, match=r"s3://data-bucket/gone\.json.*was deleted meanwhile"):
        objects.read_text(missing)
    with pytest.raises(MissingData, match="was deleted meanwhile"):
        objects.version_of(missing)


def test_fault_that_a_person_cannot_mend_stays_as_it_is(account: Account, rows: S3Location) -> None:
    account.refuse("s3", "GetObject", "SlowDown", "Please reduce your request rate.")
    with pytest.raises(ClientError, match="SlowDown"):
        objects.read_text(rows)


def test_object_is_created_once(account: Account) -> None:
    place = S3Location(BUCKET, "runs/monday/recovery-0.json")
    assert objects.create_object(place, b"first", "text/plain")
    assert not objects.create_object(place, b"second", "text/plain")
    assert objects.read_text(place) == "first"


def test_object_that_may_not_be_created_is_told(account: Account) -> None:
    account.refuse("s3", "PutObject", "AccessDenied", "not authorized")
    with pytest.raises(ClientError, match="not authorized"):
        objects.create_object(S3Location(BUCKET, "recovery-0.json"), b"", "text/plain")
