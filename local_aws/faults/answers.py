"""The answers of calls that meet a fault, in the words and codes of their service."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

from werkzeug.wrappers import Response

from local_aws.faults.rules import FaultRule
from local_aws.unanswered import error_answer

# Code and HTTP status: of most services, and of those that differ.
_COMMON = {
    "throttling": ("ThrottlingException", 400),
    "access-denied": ("AccessDeniedException", 400),
    "validation": ("ValidationException", 400),
    "service-failure": ("InternalFailure", 500),
}
_QUERY = {
    "throttling": ("Throttling", 400),
    "access-denied": ("AccessDenied", 403),
    "validation": ("ValidationError", 400),
}
_OWN: dict[str, dict[str, tuple[str, int]]] = {
    "s3": {
        "throttling": ("SlowDown", 503),
        "access-denied": ("AccessDenied", 403),
        "validation": ("InvalidRequest", 400),
        "service-failure": ("InternalError", 500),
    },
    "lambda": {
        "throttling": ("TooManyRequestsException", 429),
        "access-denied": ("AccessDeniedException", 403),
        "validation": ("InvalidParameterValueException", 400),
        "service-failure": ("ServiceException", 500),
    },
    "sagemaker-runtime": {
        "validation": ("ValidationError", 400),
        "access-denied": ("AccessDeniedException", 403),
    },
    "sns": {**_QUERY, "access-denied": ("AuthorizationError", 403),
            "validation": ("InvalidParameter", 400)},
    "sts": _QUERY,
    "iam": _QUERY,
    "cloudformation": _QUERY,
}  # fmt: skip
_TEXTS = {
    "throttling": "Rate exceeded",
    "access-denied": "User: {caller} is not authorized to perform: {service}:{operation}",
    "validation": "1 validation error detected: an injected fault of {service}:{operation}",
    "service-failure": "We encountered an internal error. Please try again.",
}


def refusal(
    rule: FaultRule, environ: dict[str, Any], *, service: str, operation: str, caller: str
) -> Response:
    """The error that the rule asks for."""
    code, status = _OWN.get(service, {}).get(rule.kind, _COMMON[rule.kind])
    text = _TEXTS[rule.kind].format(caller=caller, service=service, operation=operation)
    return error_answer(environ, code, text, status)


def hang(rule: FaultRule, environ: dict[str, Any]) -> Response:
    """Answer nothing for some seconds, then break the connection."""
    time.sleep(rule.seconds)
    return break_connection(environ)


def break_connection(environ: dict[str, Any]) -> Response:
    """Close the client's connection; the returned response reaches nobody."""
    connection: socket.socket | None = environ.get("werkzeug.socket")
    if connection is not None:
        with contextlib.suppress(OSError):
            connection.shutdown(socket.SHUT_RDWR)
    return Response(status=500)
