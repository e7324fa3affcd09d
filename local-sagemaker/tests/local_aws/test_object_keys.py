"""Whatever an object is called: it is stored under its key, or refused."""

from __future__ import annotations

import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from hypothesis import example, given
from hypothesis import strategies as st

_keys = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
_odd = "\x00\x01\x08\t\n\r\x1f\x7f\x85\ufffe /.%+?#&<é"
_odd_keys = st.text(st.sampled_from(_odd), min_size=1, max_size=6)


@given(_keys | _odd_keys)
@example("..")
@example("/")
@example("a\nb")
def test_key_comes_back_as_it_was_given(local_aws: Any, key: str) -> None:
    s3, named = local_aws.client("s3"), {"Bucket": f"keys-{uuid.uuid4().hex}", "Key": key}
    s3.create_bucket(Bucket=named["Bucket"])
    if "\n" in key:  # moto knows no such address
        with pytest.raises(ClientError, match=r"NotImplemented|Bad Request"):
            s3.put_object(**named, Body=b"row")
        return
    s3.put_object(**named, Body=b"row")
    assert s3.get_object(**named)["Body"].read() == b"row"
    bucket: dict[str, Any] = {"Bucket": named["Bucket"]}
    assert _names(s3.list_objects(**bucket, Prefix=key)) == [key]
    assert _names(s3.list_objects_v2(**bucket, Prefix=key)) == [key]
    assert _names(s3.list_object_versions(**bucket), "Versions") == [key]
    group = s3.list_objects_v2(**bucket, Delimiter=key)
    assert [each["Prefix"] for each in group["CommonPrefixes"]] == [key]
    s3.delete_object(**named)
    assert "Contents" not in s3.list_objects_v2(**bucket)


def _names(answer: Any, member: str = "Contents") -> list[str]:
    return [each["Key"] for each in answer[member]]


@pytest.mark.parametrize("key", ["k" * 1025, "é" * 513])
def test_key_has_1024_bytes_at_most(local_aws: Any, key: str) -> None:
    s3, named = local_aws.client("s3"), {"Bucket": "long-keys", "Key": key}
    s3.create_bucket(Bucket="long-keys")
    s3.put_object(Bucket="long-keys", Key=key[:512])
    with pytest.raises(ClientError, match="KeyTooLongError"):
        s3.put_object(**named)
    with pytest.raises(ClientError, match="KeyTooLongError"):
        s3.create_multipart_upload(**named)


@pytest.mark.parametrize(
    "page", [{"MaxKeys": -1}, {"ContinuationToken": "other"}, {"EncodingType": "base64"}]
)
def test_page_that_cannot_be_is_refused(local_aws: Any, page: dict[str, Any]) -> None:
    s3 = local_aws.client("s3")
    s3.create_bucket(Bucket="pages")
    with pytest.raises(ClientError, match="InvalidArgument"):
        s3.list_objects_v2(Bucket="pages", **page)


def test_pages_go_on_where_the_last_one_ended(local_aws: Any) -> None:
    s3, keys = local_aws.client("s3"), [f"a\x01{number}" for number in range(5)]
    s3.create_bucket(Bucket="many-pages")
    for key in keys:
        s3.put_object(Bucket="many-pages", Key=key)
    for operation in ("list_objects", "list_objects_v2"):
        pages = s3.get_paginator(operation).paginate(Bucket="many-pages", MaxKeys=2)
        assert [name for page in pages for name in _names(page)] == keys


def test_bucket_that_is_not_there_has_no_list(local_aws: Any) -> None:
    s3 = local_aws.client("s3")
    for operation in (s3.list_objects, s3.list_objects_v2, s3.list_object_versions):
        with pytest.raises(ClientError, match="NoSuchBucket"):
            operation(Bucket="not-there")
