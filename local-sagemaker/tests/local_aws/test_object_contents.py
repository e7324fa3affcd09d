"""S3's objects lie in files, so that local AWS does not grow with what is stored in it."""

from __future__ import annotations

import os
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

LARGE = os.urandom(6_000_000)


@pytest.fixture
def bucket(local_aws: LocalAws) -> Iterator[str]:
    name = f"contents-{uuid.uuid4().hex[:8]}"
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket=name)
    yield name
    for entry in s3.list_objects_v2(Bucket=name).get("Contents", ()):
        s3.delete_object(Bucket=name, Key=entry["Key"])
    s3.delete_bucket(Bucket=name)


def read(s3: Any, bucket: str, key: str, **options: Any) -> bytes:
    content: bytes = s3.get_object(Bucket=bucket, Key=key, **options)["Body"].read()
    return content


def sizes(local_aws: LocalAws) -> list[int]:
    return [path.stat().st_size for path in (local_aws.directory / "work" / "objects").iterdir()]


def test_object_is_a_file_until_it_is_deleted(local_aws: LocalAws, bucket: str) -> None:
    s3 = local_aws.client("s3")
    s3.put_object(Bucket=bucket, Key="large", Body=LARGE)
    assert sizes(local_aws).count(len(LARGE)) == 1
    s3.delete_object(Bucket=bucket, Key="large")
    assert len(LARGE) not in sizes(local_aws)


def test_content_is_read_whole_and_in_parts_and_written_anew(
    local_aws: LocalAws, bucket: str
) -> None:
    s3 = local_aws.client("s3")
    s3.put_object(Bucket=bucket, Key="key", Body=LARGE)
    assert read(s3, bucket, "key") == LARGE
    assert read(s3, bucket, "key", Range="bytes=5-9") == LARGE[5:10]
    s3.copy_object(Bucket=bucket, Key="copy", CopySource={"Bucket": bucket, "Key": "key"})
    s3.put_object(Bucket=bucket, Key="key", Body=b"short")
    assert (read(s3, bucket, "key"), read(s3, bucket, "copy")) == (b"short", LARGE)


def test_parts_are_put_together(local_aws: LocalAws, bucket: str) -> None:
    s3, named = local_aws.client("s3"), {"Bucket": bucket, "Key": "parts"}
    upload = s3.create_multipart_upload(**named)["UploadId"]
    parts = []
    for number, body in ((1, LARGE), (2, b"end")):
        part = s3.upload_part(**named, UploadId=upload, PartNumber=number, Body=body)
        parts.append({"PartNumber": number, "ETag": part["ETag"]})
    s3.complete_multipart_upload(**named, UploadId=upload, MultipartUpload={"Parts": parts})
    assert read(s3, bucket, "parts") == LARGE + b"end"


def test_earlier_versions_are_kept(local_aws: LocalAws, bucket: str) -> None:
    s3 = local_aws.client("s3")
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    first = s3.put_object(Bucket=bucket, Key="key", Body=b"first")["VersionId"]
    second = s3.put_object(Bucket=bucket, Key="key", Body=b"second")["VersionId"]
    assert read(s3, bucket, "key", VersionId=first) == b"first"
    s3.delete_object(Bucket=bucket, Key="key", VersionId=second)
    assert read(s3, bucket, "key") == b"first"
    s3.delete_object(Bucket=bucket, Key="key", VersionId=first)
