"""S3: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html"""

from __future__ import annotations

from typing import Any

import pytest

from tests.iam_needs.asking import context, permissions

OBJECT = "arn:aws:s3:::data/train/a b.csv"
KEY = {"Bucket": "data", "Key": "train/a b.csv"}
VERSION = KEY | {"VersionId": "3"}


@pytest.mark.parametrize(
    ("operation", "parameters", "needed"),
    [
        ("GetObject", KEY, [f"s3:GetObject {OBJECT}"]),
        ("HeadObject", KEY, [f"s3:GetObject {OBJECT}"]),
        ("GetObject", VERSION, [f"s3:GetObjectVersion {OBJECT}"]),
        ("HeadObject", VERSION, [f"s3:GetObjectVersion {OBJECT}"]),
        ("GetObjectTagging", VERSION, [f"s3:GetObjectVersionTagging {OBJECT}"]),
        ("GetObjectAttributes", KEY,
         [f"s3:GetObjectAttributes {OBJECT}", f"s3:GetObject {OBJECT}"]),
        ("SelectObjectContent", KEY, [f"s3:GetObject {OBJECT}"]),
        ("PutObject", KEY, [f"s3:PutObject {OBJECT}"]),
        ("PutObject", KEY | {"Tagging": "a=b"},
         [f"s3:PutObject {OBJECT}", f"s3:PutObjectTagging {OBJECT}"]),
        ("PutObject", KEY | {"ACL": "private"},
         [f"s3:PutObject {OBJECT}", f"s3:PutObjectAcl {OBJECT}"]),
        ("CreateMultipartUpload", KEY, [f"s3:PutObject {OBJECT}"]),
        ("UploadPart", KEY | {"PartNumber": 1}, [f"s3:PutObject {OBJECT}"]),
        ("CompleteMultipartUpload", KEY, [f"s3:PutObject {OBJECT}"]),
        ("AbortMultipartUpload", KEY, [f"s3:AbortMultipartUpload {OBJECT}"]),
        ("ListParts", KEY, [f"s3:ListMultipartUploadParts {OBJECT}"]),
        ("DeleteObject", KEY, [f"s3:DeleteObject {OBJECT}"]),
        ("DeleteObject", VERSION, [f"s3:DeleteObjectVersion {OBJECT}"]),
    ],
)  # fmt: skip
def test_operations_on_an_object(
    operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert permissions("s3", operation, **parameters) == needed


@pytest.mark.parametrize(
    ("source", "needed"),
    [
        ("runs/best/model.tar.gz", "s3:GetObject arn:aws:s3:::runs/best/model.tar.gz"),
        ("/runs/b%20c", "s3:GetObject arn:aws:s3:::runs/b c"),
        ("runs/b?versionId=7", "s3:GetObjectVersion arn:aws:s3:::runs/b"),
        ({"Bucket": "runs", "Key": "b"}, "s3:GetObject arn:aws:s3:::runs/b"),
    ],
)
@pytest.mark.parametrize("operation", ["CopyObject", "UploadPartCopy"])
def test_a_copy_reads_its_source_and_writes(operation: str, source: Any, needed: str) -> None:
    asked = permissions("s3", operation, CopySource=source, **KEY)

    assert asked == [needed, f"s3:PutObject {OBJECT}"]


def test_objects_that_are_deleted_together_are_asked_for_one_by_one() -> None:
    objects = [{"Key": "a"}, {"Key": "b", "VersionId": "2"}]

    assert permissions("s3", "DeleteObjects", Bucket="data", Delete={"Objects": objects}) == [
        "s3:DeleteObject arn:aws:s3:::data/a",
        "s3:DeleteObjectVersion arn:aws:s3:::data/b",
    ]


@pytest.mark.parametrize(
    ("operation", "action"),
    [
        ("CreateBucket", "CreateBucket"),
        ("HeadBucket", "ListBucket"),
        ("ListObjects", "ListBucket"),
        ("ListObjectsV2", "ListBucket"),
        ("ListObjectVersions", "ListBucketVersions"),
        ("ListMultipartUploads", "ListBucketMultipartUploads"),
        ("GetBucketCors", "GetBucketCORS"),
        ("GetBucketNotificationConfiguration", "GetBucketNotification"),
        ("PutBucketNotificationConfiguration", "PutBucketNotification"),
        ("PutBucketEncryption", "PutEncryptionConfiguration"),
        ("DeleteBucketEncryption", "PutEncryptionConfiguration"),
        ("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
        ("DeleteBucketLifecycle", "PutLifecycleConfiguration"),
        ("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
        ("GetObjectLockConfiguration", "GetBucketObjectLockConfiguration"),
        ("DeleteBucketMetricsConfiguration", "PutMetricsConfiguration"),
        ("ListBucketInventoryConfigurations", "GetInventoryConfiguration"),
        ("DeleteBucketTagging", "PutBucketTagging"),
        ("GetBucketVersioning", "GetBucketVersioning"),
        ("PutBucketPolicy", "PutBucketPolicy"),
    ],
)
def test_operations_on_a_bucket(operation: str, action: str) -> None:
    assert permissions("s3", operation, Bucket="data") == [f"s3:{action} arn:aws:s3:::data"]


def test_the_buckets_of_an_account_are_of_no_resource() -> None:
    assert permissions("s3", "ListBuckets") == ["s3:ListAllMyBuckets *"]


def test_a_list_tells_what_it_is_limited_to() -> None:
    assert context(
        "s3", "ListObjectsV2", Bucket="data", Prefix="runs/", Delimiter="/", MaxKeys=5
    ) == {
        "s3:prefix": ("runs/",),
        "s3:delimiter": ("/",),
        "s3:max-keys": ("5",),
    }


def test_a_list_without_a_prefix_gives_no_key_for_it() -> None:
    assert context("s3", "ListObjectsV2", Bucket="data") == {}


def test_what_is_written_tells_its_encryption_and_tags() -> None:
    given = context("s3", "PutObject", ServerSideEncryption="aws:kms", SSEKMSKeyId="key/1",
                    Tagging="team=risk", ACL="bucket-owner-full-control", **KEY)  # fmt: skip

    assert given == {
        "s3:x-amz-server-side-encryption": ("aws:kms",),
        "s3:x-amz-server-side-encryption-aws-kms-key-id": ("key/1",),
        "s3:x-amz-acl": ("bucket-owner-full-control",),
        "s3:requestobjecttag/team": ("risk",),
        "s3:requestobjecttagkeys": ("team",),
    }


def test_a_version_is_a_condition_key_too() -> None:
    assert context("s3", "GetObject", **VERSION) == {"s3:versionid": ("3",)}
