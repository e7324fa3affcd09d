"""Objects of S3: lists, reads and writes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from botocore.exceptions import ClientError

from tuning.aws.clients import client
from tuning.aws.line_stream import LineStream
from tuning.data.s3_location import ChannelObject, S3Location, S3Object
from tuning.errors import MissingData

# Answers of S3 that the person who named the data can do something about.
_UNREADABLE = {
    "NoSuchBucket": "There is no such bucket. Check the name, and that it is in this account.",
    "NoSuchKey": "The object was deleted meanwhile. Start again.",
    "AccessDenied": "Retune may not read it. Name its bucket in the deployment setting "
    "retune:read_buckets, and look at the bucket's policy and key.",
    "InvalidObjectState": "It is archived. Restore it first.",
}
# HEAD has no body: boto3 takes the status for the code.
_UNREADABLE |= {"403": _UNREADABLE["AccessDenied"], "404": _UNREADABLE["NoSuchKey"]}
# Answers to a conditional write: another object lies there, or is being written, or none is left.
_CONDITION_NOT_MET = ("PreconditionFailed", "ConditionalRequestConflict", "NoSuchKey")


@contextmanager
def _reading(location: S3Location) -> Iterator[None]:
    try:
        yield
    except ClientError as error:
        reason = _UNREADABLE.get(error.response["Error"]["Code"])
        if reason is None:
            raise
        raise MissingData(f"'{location}': {reason}") from error


def list_objects(location: S3Location) -> list[S3Object]:
    """The first objects, up to 1000, whose keys begin with the location's key, in key order."""
    with _reading(location):
        page = client("s3").list_objects_v2(Bucket=location.bucket, Prefix=location.key)
    return [S3Object(entry["Key"], entry["Size"]) for entry in page.get("Contents", [])]


def list_level(location: S3Location) -> list[str]:
    """Keys and "folders" (ending with /) that begin with the location's key, one level deep."""
    with _reading(location):
        page = client("s3").list_objects_v2(
            Bucket=location.bucket, Prefix=location.key, Delimiter="/"
        )
    keys = [entry["Key"] for entry in page.get("Contents", [])]
    return keys + [entry["Prefix"] for entry in page.get("CommonPrefixes", [])]


def read_start(location: S3Location, size_bytes: int) -> bytes:
    """The first bytes of an object that is not empty."""
    return _read_range(location, f"bytes=0-{size_bytes - 1}")


def read_part(location: S3Location, offset: int, size_bytes: int) -> bytes:
    """The bytes from an offset, which is within the object."""
    return _read_range(location, f"bytes={offset}-{offset + size_bytes - 1}")


def read_end(location: S3Location, size_bytes: int) -> bytes:
    """The last bytes of an object that is not empty."""
    return _read_range(location, f"bytes=-{size_bytes}")


def _read_range(location: S3Location, byte_range: str) -> bytes:
    with _reading(location):
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key, Range=byte_range)
        content: bytes = answer["Body"].read()
    return content


def list_channel(location: S3Location) -> list[ChannelObject]:
    """Every object with data whose key begins with the location's key, in key order."""
    return list(iterate_channel(location))


def iterate_channel(location: S3Location) -> Iterator[ChannelObject]:
    """As list_channel, a call for each thousand objects."""
    with _reading(location):
        pages = client("s3").get_paginator("list_objects_v2")
        for page in pages.paginate(Bucket=location.bucket, Prefix=location.key):
            entries = page.get("Contents", [])
            yield from (ChannelObject.parse(entry) for entry in entries if entry["Size"])


def read_lines(location: S3Location) -> Iterator[bytes]:
    """The lines of an object, without holding it in memory."""
    with _reading(location):
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
        yield from answer["Body"].iter_lines(chunk_size=1024 * 1024)


def open_object(location: S3Location) -> Any:
    """The body of an object, to be read in parts."""
    with _reading(location):
        return client("s3").get_object(Bucket=location.bucket, Key=location.key)["Body"]


def read_text(location: S3Location) -> str:
    """A whole object."""
    with _reading(location):
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
        text: str = answer["Body"].read().decode()
    return text


def read_if_there(location: S3Location, since: datetime | None = None) -> str | None:
    """A whole object, or None, also for one that was not written `since` then.

    Needs s3:ListBucket: without it, S3 denies what is not there.
    """
    try:
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
    except client("s3").exceptions.NoSuchKey:
        return None
    if since is not None and answer["LastModified"] < since:
        return None
    text: str = answer["Body"].read().decode()
    return text


def read_beside_data(location: S3Location) -> str | None:
    """As read_if_there, in a bucket that a person names; MissingData where that is refused."""
    with _reading(location):
        return read_if_there(location)


def read_with_etag(location: S3Location) -> tuple[str, str] | None:
    """A whole object and its ETag, or None. Needs s3:ListBucket, as read_if_there does."""
    try:
        answer = client("s3").get_object(Bucket=location.bucket, Key=location.key)
    except client("s3").exceptions.NoSuchKey:
        return None
    return answer["Body"].read().decode(), answer["ETag"]


def version_of(location: S3Location) -> str | None:
    """The version of an object, where its bucket keeps versions."""
    with _reading(location):
        answer = client("s3").head_object(Bucket=location.bucket, Key=location.key)
    version: str | None = answer.get("VersionId")
    return version


def written(location: S3Location) -> datetime | None:
    """When an object was written; None when there is none. Needs s3:ListBucket."""
    try:
        answer = client("s3").head_object(Bucket=location.bucket, Key=location.key)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":  # HEAD has no body
            raise
        return None
    last_modified: datetime = answer["LastModified"]
    return last_modified


def write_object(location: S3Location, content: bytes, content_type: str) -> None:
    """Puts an object in place of what lies there."""
    client("s3").put_object(
        Bucket=location.bucket, Key=location.key, Body=content, ContentType=content_type
    )


def write_lines(location: S3Location, lines: Iterable[bytes]) -> None:
    """Puts lines in place of what lies there, without holding them in memory."""
    client("s3").upload_fileobj(LineStream(lines), location.bucket, location.key)


def create_object(location: S3Location, content: bytes, content_type: str) -> bool:
    """Puts an object where none lies; False when somebody else was faster."""
    return replace_object(location, content, content_type, None)


def replace_object(
    location: S3Location, content: bytes, content_type: str, etag: str | None
) -> bool:
    """Puts an object in place of the one of this ETag, or of none; False when another lies there.

    It is False, too, when the object was deleted meanwhile, or is being written by somebody else.
    """
    condition = {"IfNoneMatch": "*"} if etag is None else {"IfMatch": etag}
    try:
        client("s3").put_object(
            Bucket=location.bucket,
            Key=location.key,
            Body=content,
            ContentType=content_type,
            **condition,
        )
    except ClientError as error:
        if error.response["Error"]["Code"] in _CONDITION_NOT_MET:
            return False
        raise
    return True


def delete_object(location: S3Location) -> None:
    client("s3").delete_object(Bucket=location.bucket, Key=location.key)


def copy_object(source: S3Location, target: S3Location) -> None:
    """Puts a copy, of at most 5 GB, in place of what lies there."""
    client("s3").copy_object(
        Bucket=target.bucket,
        Key=target.key,
        CopySource={"Bucket": source.bucket, "Key": source.key},
    )
