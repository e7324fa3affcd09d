"""A bucket and a key or prefix, as the S3 URIs of SageMaker requests name them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from local_sagemaker.sagemaker.errors import ValidationException

_S3_URI = re.compile(r"s3://([^/]+)/?(.*)", re.DOTALL)
# The https URLs of S3, which SageMaker takes too: with the bucket in the path, or in the host.
_PATH_URL = re.compile(r"https://s3[.-][^/]*amazonaws\.com[^/]*/([^/]+)/?(.*)", re.DOTALL)
_HOST_URL = re.compile(r"https://([^/]+)\.s3[.-][^/]*amazonaws\.com[^/]*/?(.*)", re.DOTALL)


@dataclass(frozen=True)
class S3Location:
    """An object, or all objects whose keys begin with `key`."""

    bucket: str
    key: str

    @classmethod
    def parse(cls, uri: str) -> S3Location:
        matches = (pattern.fullmatch(uri) for pattern in (_S3_URI, _PATH_URL, _HOST_URL))
        match = next((match for match in matches if match), None)
        if match is None:
            raise ValidationException(f"'{uri}' is not an S3 URI: write s3://bucket/prefix.")
        return cls(match.group(1), match.group(2))

    def __truediv__(self, name: str) -> S3Location:
        key = f"{self.key.rstrip('/')}/{name}" if self.key else name
        return S3Location(self.bucket, key)

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.key}"
