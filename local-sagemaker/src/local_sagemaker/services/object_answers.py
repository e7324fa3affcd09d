"""What S3 tells of every object: its encryption, and of what part of it the checksum is.

Without a wish of the client's S3 encrypts with keys of its own, and an upload in one piece has a
checksum of the full object (recorded on AWS):
https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html,
https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
"""

from __future__ import annotations

from typing import Any

from moto.s3.models import FakeKey
from moto.s3.responses import S3Response

from local_sagemaker.services.patching import replace

_TYPE, _FULL = "x-amz-checksum-type", "FULL_OBJECT"


def install() -> None:
    headers_of, checksum_of = FakeKey.response_dict.fget, S3Response._get_checksum

    def response_dict(key: Any) -> dict[str, Any]:
        return {"x-amz-server-side-encryption": "AES256", **headers_of(key)}

    def get_checksum(response: Any, headers: dict[str, Any]) -> Any:
        """Of an upload in one piece; its header comes with the checksum's."""
        algorithm, value = checksum_of(response, headers)
        if value:
            headers[_TYPE] = _FULL
        return algorithm, value

    replace(FakeKey, "response_dict", property(response_dict))
    replace(FakeKey, "checksum_type", property(_checksum_type, _set_checksum_type))
    replace(S3Response, "_get_checksum", get_checksum)


def _checksum_type(key: Any) -> str | None:
    """One that is put together of parts has its type from moto."""
    own: str | None = key.__dict__["checksum_type"]
    return own or (_FULL if key.checksum_value else None)


def _set_checksum_type(key: Any, value: str | None) -> None:
    key.__dict__["checksum_type"] = value
