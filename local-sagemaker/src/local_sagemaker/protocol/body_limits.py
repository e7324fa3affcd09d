"""How large a request may be, by its service, and how AWS refuses a larger one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from local_sagemaker.protocol.authorization import credential_of

_INVOKE_ENDPOINT = re.compile(r"/endpoints/[^/]+/invocations")
_INVOKE_FUNCTION = re.compile(r"/2015-03-31/functions/[^/]+/invocations")


@dataclass(frozen=True)
class BodyLimit:
    """`code` is empty where the service's front answers, which has none."""

    bytes: int
    code: str
    message: str
    status: int = 413


_S3 = BodyLimit(
    5 * 2**30, "EntityTooLarge", "Your proposed upload exceeds the maximum allowed size", 400
)
# Local AWS's own: whether a form is signed is known once it has been read.
_FORM = BodyLimit(100 * 2**20, "EntityTooLarge", _S3.message, 400)
_ENDPOINT = BodyLimit(6_291_456, "", "HTTP content length exceeded 6291456 bytes.")
_OTHERS = BodyLimit(
    10 * 2**20, "RequestEntityTooLargeException", "HTTP content length exceeded 10485760 bytes."
)


def limit_of(environ: dict[str, Any]) -> BodyLimit:
    """The limit of a WSGI request, by the service that it is signed for."""
    credential, path = credential_of(environ), environ["PATH_INFO"]
    service = credential.service if credential else ""
    if service == "s3":
        return _S3
    if not service and environ.get("CONTENT_TYPE", "").lower().startswith("multipart/form-data"):
        return _FORM
    if service == "sagemaker" and _INVOKE_ENDPOINT.fullmatch(path):
        return _ENDPOINT
    if service == "lambda":
        invoked = _INVOKE_FUNCTION.fullmatch(path)
        return _of_lambda(6_291_456, "InvokeFunction") if invoked else _of_lambda(70_167_211, "")
    return _OTHERS


def _of_lambda(size: int, operation: str) -> BodyLimit:
    of = f" for the {operation} operation" if operation else ""
    message = f"Request must be smaller than {size} bytes{of}"
    return BodyLimit(size, "RequestEntityTooLargeException", message)
