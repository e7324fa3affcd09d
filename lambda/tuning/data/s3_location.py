"""Where things lie in S3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

# Bucket names as S3 takes them; a SageMaker channel takes no access point and no https URL.
_URI = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(?P<key>.*)", re.DOTALL)


@dataclass(frozen=True)
class S3Location:
    """A bucket, and a key or a prefix of keys."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Location | None:
        """None when the text is no `s3://bucket/key`."""
        match = _URI.fullmatch(uri)
        return cls(match["bucket"], match["key"]) if match else None

    @classmethod
    def of(cls, uri: str) -> S3Location:
        """Of a URI that was checked, or that SageMaker has made; ValueError when it is none."""
        location = cls.parse(uri)
        if location is None:
            raise ValueError(f"{uri} is no s3://bucket/key.")
        return location

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


def below(key: str, channel: S3Location) -> str:
    """A key without that of its channel, which may lack the slash at its end, or be one object."""
    return key.removeprefix(channel.key).lstrip("/") or key.rsplit("/", 1)[-1]


@dataclass(frozen=True)
class S3Object:
    """An object as a listing shows it."""

    key: str
    size_bytes: int


@dataclass(frozen=True)
class ChannelObject(S3Object):
    """An object of a channel, with the marks of its state: entity tag and time of writing."""

    etag: str
    modified: datetime

    @classmethod
    def parse(cls, entry: Mapping[str, Any]) -> ChannelObject:
        """From an entry of ListObjectsV2."""
        etag = entry["ETag"].strip('"')
        return cls(entry["Key"], entry["Size"], etag, entry["LastModified"])
