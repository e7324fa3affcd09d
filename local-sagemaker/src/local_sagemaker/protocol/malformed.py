"""Requests that AWS refuses before it looks what is asked; moto would stumble over them."""

from __future__ import annotations

import gzip
import io
import json
import zlib
from typing import Any
from xml.parsers.expat import ExpatError

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.unanswered import error_answer

# What reading a body comes to that is not what it should be, in JSON or in XML.
UNREADABLE = (RecursionError, UnicodeDecodeError, ExpatError)


def malformed(environ: dict[str, Any]) -> Response | None:
    """The refusal of a request whose JSON body cannot be read; None when it can.

    The body is put back for those who read it next.
    """
    if "HTTP_X_AMZ_TARGET" not in environ:
        return None
    body = Request(environ, populate_request=False).get_data()
    environ["wsgi.input"] = io.BytesIO(body)
    fault = json_fault(body, environ.get("HTTP_CONTENT_ENCODING", ""))
    return error_answer(environ, "SerializationException", fault, 400) if fault else None


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
