"""The signature that a request must have: Signature Version 4 made anew from the request itself.

IAM guide, "Create a signed AWS API request", and S3's "Authenticating Requests".
"""

from __future__ import annotations

import hashlib
import hmac
import posixpath
from typing import Any
from urllib.parse import quote, unquote_plus

from local_sagemaker.protocol.authorization import ALGORITHM, Authorization, Credential

_UNSIGNED_PAYLOAD = "UNSIGNED-PAYLOAD"
_IN_CHUNKS = "STREAMING-"
_UNRESERVED = "-_.~"


def is_right(
    authorization: Authorization, environ: dict[str, Any], body: bytes, secret: str
) -> bool:
    """Whether the one who signed the request holds the secret, and meant this body.

    Of a body that is sent in signed chunks it is the seed signature; signed_chunks has the others.
    """
    named = environ.get("HTTP_X_AMZ_CONTENT_SHA256", "")
    digest = hashlib.sha256(body).hexdigest()
    if named not in ("", digest, _UNSIGNED_PAYLOAD) and not named.startswith(_IN_CHUNKS):
        return False
    payload = named or digest
    if authorization.expires is not None and authorization.credential.service == "s3":
        payload = named or _UNSIGNED_PAYLOAD
    scope = scope_of(authorization.credential)
    request = _canonical_request(authorization, environ, payload)
    hashed = hashlib.sha256(request.encode("latin-1", errors="replace")).hexdigest()
    text = f"{ALGORITHM}\n{authorization.time}\n{scope}\n{hashed}"
    right = sign(text, authorization.credential, secret)
    return hmac.compare_digest(right.encode(), authorization.signature.encode())


def sign(text: str, credential: Credential, secret: str) -> str:
    """The signature of a text in hexadecimal, by the key of the credential's scope."""
    key = f"AWS4{secret}".encode()
    for part in (credential.date, credential.region, credential.service, "aws4_request"):
        key = hmac.digest(key, part.encode(errors="replace"), hashlib.sha256)
    return hmac.digest(key, text.encode(errors="replace"), hashlib.sha256).hex()


def scope_of(credential: Credential) -> str:
    """What a signature holds for: day, region and service."""
    return f"{credential.date}/{credential.region}/{credential.service}/aws4_request"


def _canonical_request(authorization: Authorization, environ: dict[str, Any], payload: str) -> str:
    path, _, query = str(environ["RAW_URI"]).partition("#")[0].partition("?")
    headers = [f"{name}:{_header(environ, name)}\n" for name in authorization.signed_headers]
    return "\n".join(
        [
            environ["REQUEST_METHOD"],
            _canonical_path(path, authorization.credential.service),
            _canonical_query(query),
            "".join(headers),
            ";".join(authorization.signed_headers),
            payload,
        ]
    )


def _canonical_path(path: str, service: str) -> str:
    """S3 takes the path as it was sent; other services normalise it and encode it once more."""
    if service == "s3":
        return path or "/"
    normal = posixpath.normpath(f"/{path.lstrip('/')}")
    ends = "/" if path.endswith("/") and normal != "/" else ""
    return quote(normal + ends, safe="/~")


def _canonical_query(query: str) -> str:
    pairs = [part.partition("=")[::2] for part in query.split("&") if part]
    encoded = sorted((_encoded(name), _encoded(value)) for name, value in pairs)
    return "&".join(f"{name}={value}" for name, value in encoded if name != "X-Amz-Signature")


def _encoded(text: str) -> str:
    as_it_is = "surrogateescape"  # bytes that are no UTF-8, too
    return quote(unquote_plus(text, errors=as_it_is), safe=_UNRESERVED, errors=as_it_is)


def _header(environ: dict[str, Any], name: str) -> str:
    key = name.upper().replace("-", "_")
    value = environ.get(f"HTTP_{key}", environ.get(key, ""))
    return " ".join(str(value).split())
