"""Digests that a client sends with an upload to S3, so that nothing else is stored."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
from collections.abc import Callable, Mapping

from local_sagemaker.protocol.crc import crc32c, crc64nvme

# Those of the xxHash family are in no library that is here.
_CHECKSUMS: dict[str, Callable[[bytes], bytes]] = {
    "crc32": lambda data: binascii.crc32(data).to_bytes(4, "big"),
    "crc32c": crc32c,
    "crc64nvme": crc64nvme,
    "md5": lambda data: hashlib.md5(data).digest(),
    "sha1": lambda data: hashlib.sha1(data).digest(),
    "sha256": lambda data: hashlib.sha256(data).digest(),
    "sha512": lambda data: hashlib.sha512(data).digest(),
}


class DigestError(ValueError):
    """`code` is S3's."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code


def check_digests(data: bytes, headers: Mapping[str, str], *, of_body: bool = True) -> None:
    """Raises DigestError for a digest among the headers, named in small letters, that is wrong.

    Checksums are those of the body, or of something else; Content-MD5 always is the body's.
    """
    given = headers.get("content-md5")
    if given is not None:
        if len(_decoded(given)) != hashlib.md5().digest_size:
            raise DigestError("InvalidDigest", "The Content-MD5 you specified is not valid.")
        _compare("Content-MD5", given, hashlib.md5(data).digest(), "what we received")
    for name, digest in _CHECKSUMS.items() if of_body else ():
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
