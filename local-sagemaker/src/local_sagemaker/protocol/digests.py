"""Digests that a client sends with an upload to S3, so that nothing else is stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping

# CRC32C and CRC64NVME are in no library that is here.
_CHECKSUMS: dict[str, Callable[[bytes], bytes]] = {
    "crc32": lambda data: binascii.crc32(data).to_bytes(4, "big"),
    "sha1": lambda data: hashlib.sha1(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
}


class DigestError(ValueError):
    """`code` is S3's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def check_digests(data: bytes, headers: Mapping[str, str]) -> None:
    """Raises DigestError for a digest among the headers, named in small letters, that is wrong."""
    given = headers.get("content-md5")
    if given is not None:
        if len(_decoded(given)) != hashlib.md5().digest_size:
            raise DigestError("InvalidDigest", "The Content-MD5 you specified is not valid.")
        _compare("Content-MD5", given, hashlib.md5(data).digest(), "what we received")
    for name, digest in _CHECKSUMS.items():
        given = headers.get(f"x-amz-checksum-{name}")
        if given is not None:
            _compare(name.upper(), given, digest(data), "the calculated checksum")


def _compare(name: str, given: str, right: bytes, what: str) -> None:
    if not hmac.compare_digest(_decoded(given), right):
        raise DigestError("BadDigest", f"The {name} you specified did not match {what}.")


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except ValueError:
        return b""
