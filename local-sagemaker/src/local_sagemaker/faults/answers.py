"""The answers of calls that meet a fault, in the words and codes of their service."""

from __future__ import annotations

import contextlib
import socket
import time
from typing import Any

from werkzeug.wrappers import Response

from local_sagemaker.faults.limits import limit_error
from local_sagemaker.faults.rules import FaultRule
from local_sagemaker.protocol.unanswered import error_answer

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
    "limit-reached": "The limit of an injected fault of {service}:{operation} is reached",
    "service-failure": "We encountered an internal error. Please try again.",
}

# Names the quota in the words in which SageMaker names those of instances.
_SAGEMAKER_LIMIT = (
    "The account-level service limit 'injected fault of {operation}' is 1 Instances, with current "
    "utilization of 1 Instances and a request delta of 1 Instances. Please use AWS Service Quotas "
    "to request an increase for this quota."
)


def refusal(
    rule: FaultRule, environ: dict[str, Any], *, service: str, operation: str, caller: str
) -> Response:
    """The error that the rule asks for."""
    code, status = code_and_status(rule.kind, service, operation)
    sagemaker_limit = service == "sagemaker" and rule.kind == "limit-reached"
    text = _SAGEMAKER_LIMIT if sagemaker_limit else _TEXTS[rule.kind]
    text = text.format(caller=caller, service=service, operation=operation)
    return error_answer(environ, code, text, status)


def code_and_status(kind: str, service: str, operation: str) -> tuple[str, int]:
    if kind == "limit-reached" and (error := limit_error(service, operation)):
        return error
    return _OWN.get(service, {}).get(kind, _COMMON[kind])


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
