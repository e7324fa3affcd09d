"""Where things lie in S3."""

from __future__ import annotations

import re
from dataclasses import dataclass

# Bucket names as S3 takes them; a SageMaker channel takes no access point and no https URL.
_URI = re.compile(r"s3://(?P<bucket>[a-z0-9][a-z0-9.-]{1,61}[a-z0-9])/(?P<key>.*)", re.DOTALL)


@dataclass(frozen=True)
class S3Location:
    """A bucket and a key, or the beginning of keys."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Location | None:
        """None when the text is no `s3://bucket/key`."""
        match = _URI.fullmatch(uri)
        return cls(match["bucket"], match["key"]) if match else None

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"


@dataclass(frozen=True)
class S3Object:
    """An object as a listing shows it."""

    key: str
    size_bytes: int
