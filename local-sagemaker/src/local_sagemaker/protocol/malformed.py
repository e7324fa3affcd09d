"""Requests that AWS refuses before it looks what is asked; moto would stumble over them."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from typing import Any
from xml.parsers.expat import ExpatError

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.unanswered import error_answer, is_query, is_s3

# What reading a body comes to that is not what it should be, in JSON or in XML.
UNREADABLE = (RecursionError, UnicodeDecodeError, ExpatError)

# In a form, as it is or percent-encoded (XML 1.0, 2.2: Char).
_NOT_IN_XML = re.compile(
    rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|%0[0-8bcef]|%1[0-9a-f]|%ef%bf%b[ef]", re.IGNORECASE
)


def malformed(environ: dict[str, Any]) -> Response | None:
    """The refusal of a form, or of JSON for a target, that cannot be read; None for any other.

    The body is put back for those who read it next.
    """
    if is_query(environ) and not is_s3(environ):
        return _form_refusal(environ)
    if "HTTP_X_AMZ_TARGET" not in environ:
        return None
    body = _body(environ)
    fault = json_fault(body, environ.get("HTTP_CONTENT_ENCODING", ""))
    return error_answer(environ, "SerializationException", fault, 400) if fault else None


def _form_refusal(environ: dict[str, Any]) -> Response | None:
    """The services that take forms speak XML, which has no characters such as NUL."""
    body = _body(environ)
    found = _NOT_IN_XML.search(body)
    if found is None or b"Action=" not in body:  # some programs call everything a form
        return None
    words = f"The request has a character that XML does not: {found[0].decode(errors='replace')!a}"
    return error_answer(environ, "ValidationError", words, 400)


def _body(environ: dict[str, Any]) -> bytes:
    body = Request(environ, populate_request=False).get_data()
    environ["wsgi.input"] = io.BytesIO(body)
    return body


def json_fault(body: bytes, encoding: str = "") -> str:
    """Why the body of an operation is no JSON object; empty when it is one.

    Clients compress what is long, such as the data of PutMetricData.
    """
    try:
        text = gzip.decompress(body) if encoding == "gzip" else body
        content = json.loads(text or b"{}")
    except (OSError, EOFError, zlib.error) as fault:
        return f"The request body is not in the gzip format: {fault}"
    except RecursionError:
        return "The request body is nested too deeply."
    except ValueError as fault:
        return f"The request body is not JSON: {fault}"
    return "" if isinstance(content, dict) else "The request body is no JSON object."


def unreadable(environ: dict[str, Any], fault: Exception) -> Response:
    """The answer to a request in whose reading a service came to one of UNREADABLE."""
    credential = credential_of(environ)
    xml = credential is not None and credential.service == "s3"
    code = "MalformedXML" if xml else "SerializationException"
    return error_answer(environ, code, f"The request body cannot be read: {fault}", 400)
