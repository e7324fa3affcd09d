"""AWS's errors for requests that local AWS cannot answer, in the caller's protocol."""

from __future__ import annotations

import json
from typing import Any
from xml.sax.saxutils import escape

from werkzeug.wrappers import Response

from local_sagemaker.protocol.authorization import credential_of

REQUEST_ID = "00000000-0000-0000-0000-000000000000"


def unknown_operation(environ: dict[str, Any], known: str = "") -> Response:
    """The answer to an operation that local AWS does not have; `known` is what moto says of it."""
    request = f"{environ['REQUEST_METHOD']} {environ['PATH_INFO']}"
    asked = known or environ.get("HTTP_X_AMZ_TARGET") or request
    return error_answer(
        environ, "UnknownOperationException", f"Local AWS lacks this operation: {asked}", 400
    )


def internal_failure(environ: dict[str, Any], defect: Exception) -> Response:
    """The answer when local AWS itself failed; the log has the traceback."""
    message = f"Local AWS failed: {type(defect).__name__}: {defect} (see its log)"
    return error_answer(environ, "InternalFailure", message, 500)


def error_answer(environ: dict[str, Any], code: str, message: str, status: int) -> Response:
    """An error of AWS in the protocol of the request."""
    response = _error(environ, code, message, status)
    response.headers["x-amzn-requestid"] = REQUEST_ID
    return response


def _error(environ: dict[str, Any], code: str, message: str, status: int) -> Response:
    if is_query(environ) or _is_signed_for(environ, "cloudfront", "route53"):
        action_code = "InvalidAction" if code == "UnknownOperationException" else code
        error = f"<Type>Sender</Type>{_code_and_message(action_code, message)}"
        body = f"<ErrorResponse><Error>{error}</Error><RequestId>{REQUEST_ID}</RequestId>"
        return _xml(body + "</ErrorResponse>", status)
    if is_s3(environ):
        action_code = "NotImplemented" if code == "UnknownOperationException" else code
        return _xml(f"<Error>{_code_and_message(action_code, message)}</Error>", status)
    if environ.get("HTTP_SMITHY_PROTOCOL") == "rpc-v2-cbor":
        return _cbor({"__type": code, "message": message}, status)
    body = json.dumps({"__type": code, "message": message})
    response = Response(body, status=status, content_type="application/x-amz-json-1.1")
    response.headers["x-amzn-ErrorType"] = code
    return response


def is_query(environ: dict[str, Any]) -> bool:
    """Whether the request speaks the query protocol: its parameters are a form, its answer XML.

    Some programs call everything a form; a target is of the JSON protocols.
    """
    form = "x-www-form-urlencoded" in environ.get("CONTENT_TYPE", "")
    return form and "HTTP_X_AMZ_TARGET" not in environ


def is_s3(environ: dict[str, Any]) -> bool:
    """Whether the request is for S3; one that is not signed is when nothing speaks against it."""
    credential = credential_of(environ)
    if credential is not None:
        return credential.service == "s3"
    names_operation = "HTTP_X_AMZ_TARGET" in environ or "HTTP_SMITHY_PROTOCOL" in environ
    return not names_operation and not is_query(environ)


def _is_signed_for(environ: dict[str, Any], *services: str) -> bool:
    """The request itself does not tell that a service speaks REST with XML."""
    credential = credential_of(environ)
    return credential is not None and credential.service in services


def _code_and_message(code: str, message: str) -> str:
    return f"<Code>{code}</Code><Message>{escape(message)}</Message>"


def _xml(body: str, status: int) -> Response:
    return Response(f'<?xml version="1.0"?>{body}', status=status, content_type="text/xml")


def _cbor(content: dict[str, str], status: int) -> Response:
    """A small map of texts in CBOR (RFC 8949), which CloudWatch's clients speak."""
    body = bytes([0xA0 + len(content)])
    for text in (part for pair in content.items() for part in pair):
        encoded = text.encode()
        body += b"\x79" + len(encoded).to_bytes(2, "big") + encoded
    response = Response(body, status=status, content_type="application/cbor")
    response.headers["smithy-protocol"] = "rpc-v2-cbor"
    return response
