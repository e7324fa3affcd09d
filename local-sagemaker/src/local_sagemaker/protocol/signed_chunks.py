"""Bodies that S3 gets in chunks, each with a signature: aws-chunked.

S3 guide, "Signature calculations for the Authorization header: Transferring a payload in multiple
chunks", and "... with trailing headers".
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from local_sagemaker.protocol.authorization import Authorization
from local_sagemaker.protocol.signature import scope_of, sign

UNSIGNED = "STREAMING-UNSIGNED-PAYLOAD-TRAILER"
SIGNED = ("STREAMING-AWS4-HMAC-SHA256-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER")
_HEADER = re.compile(rb"([0-9a-fA-F]{1,8})(?:;chunk-signature=([0-9a-f]{64}))?\r\n")
_NOTHING = hashlib.sha256(b"").hexdigest()
_TRAILER_SIGNATURE = "x-amz-trailer-signature"


class ChunksMalformed(ValueError):
    """The body is not cut into chunks as AWS writes them."""


class ChunkSignatureWrong(ValueError):
    """A chunk, or what trails the last one, is not what was signed."""


@dataclass(frozen=True)
class Content:
    """What the chunks hold together, and the headers behind them."""

    data: bytes
    trailers: Mapping[str, str] = field(default_factory=dict)


def read_chunks(body: bytes, authorization: Authorization, secret: str, *, signed: bool) -> Content:
    """Raises ChunksMalformed and ChunkSignatureWrong."""
    signature, data, place = authorization.signature, bytearray(), 0
    while True:
        header = _HEADER.match(body, place)
        if header is None or bool(header[2]) != signed:
            raise ChunksMalformed(f"no chunk begins at byte {place}")
        size, begins = int(header[1], 16), header.end()
        chunk = body[begins : begins + size]
        if signed:
            hashed = f"{_NOTHING}\n{hashlib.sha256(chunk).hexdigest()}"
            signature = _expect(
                header[2].decode(), "PAYLOAD", hashed, signature, authorization, secret
            )
        if size == 0:
            return Content(
                bytes(data), _trailers(body[begins:], signature, authorization, secret, signed)
            )
        place = begins + size + 2
        if body[place - 2 : place] != b"\r\n":
            raise ChunksMalformed(f"the chunk at byte {begins} does not end")
        data += chunk


def _trailers(
    text: bytes, previous: str, authorization: Authorization, secret: str, signed: bool
) -> dict[str, str]:
    lines = [line for line in text.decode("latin-1").split("\r\n") if line]
    pairs = [line.partition(":")[::2] for line in lines]
    found = {name.strip().lower(): value.strip() for name, value in pairs}
    given = found.pop(_TRAILER_SIGNATURE, "")
    if signed and (found or given):
        canonical = "".join(f"{name}:{value}\n" for name, value in found.items())
        hashed = hashlib.sha256(canonical.encode("latin-1")).hexdigest()
        _expect(given, "TRAILER", hashed, previous, authorization, secret)
    return found


def _expect(
    given: str, kind: str, hashed: str, previous: str, authorization: Authorization, secret: str
) -> str:
    """The signature, which is part of the next one."""
    scope = scope_of(authorization.credential)
    text = f"AWS4-HMAC-SHA256-{kind}\n{authorization.time}\n{scope}\n{previous}\n{hashed}"
    right = sign(text, authorization.credential, secret)
    if not hmac.compare_digest(right.encode(), given.encode(errors="replace")):
        raise ChunkSignatureWrong(f"the signature of a {kind.lower()} is not right")
    return right
