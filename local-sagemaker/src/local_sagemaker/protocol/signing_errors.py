"""How AWS refuses a request for its signature, by the protocol that the request speaks."""

from __future__ import annotations

from typing import Any

from local_sagemaker.protocol.unanswered import is_query, is_s3

# By kind: the code of S3, of the query protocol, and of services that speak JSON or CBOR.
_CODES = {
    "unknown key": ("InvalidAccessKeyId", "InvalidClientTokenId", "UnrecognizedClientException"),
    "signature": ("SignatureDoesNotMatch", "SignatureDoesNotMatch", "InvalidSignatureException"),
    "time": ("RequestTimeTooSkewed", "SignatureDoesNotMatch", "InvalidSignatureException"),
    "expired": ("AccessDenied", "RequestExpired", "InvalidSignatureException"),
    "policy": ("AccessDenied", "AccessDenied", "AccessDeniedException"),
    "missing": (
        "AccessDenied",
        "MissingAuthenticationToken",
        "MissingAuthenticationTokenException",
    ),
    "malformed": (
        "AuthorizationHeaderMalformed",
        "IncompleteSignature",
        "IncompleteSignatureException",
    ),
}


class SigningError(Exception):
    """`kind` is one of the kinds above."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind

    def code(self, environ: dict[str, Any]) -> str:
        """AWS's name for it in the protocol of the request."""
        s3, query, json = _CODES[self.kind]
        if is_s3(environ):
            return s3
        return query if is_query(environ) else json

    @property
    def status(self) -> int:
        return 400 if self.kind == "malformed" else 403
