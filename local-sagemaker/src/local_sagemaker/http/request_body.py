"""Takes in the body of a request: no more than its service allows, and all of it or nothing."""

from __future__ import annotations

import io
import json
from typing import Any

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Response
from werkzeug.wsgi import get_content_length, get_input_stream

from local_sagemaker.protocol.body_limits import BodyLimit, limit_of
from local_sagemaker.protocol.unanswered import error_answer, is_s3

_CHUNK_BYTES = 2**20
# Of a body that is refused: a client that still sends would get a reset instead of the answer.
_DRAINED_BYTES = 64 * 2**20


class BodyRefused(Exception):
    """The request is answered with this error of AWS, and nobody else sees it."""

    def __init__(self, code: str, message: str, status: int = 400) -> None:
        super().__init__(message)
        self._code = code
        self._status = status

    def answer(self, environ: dict[str, Any]) -> Response:
        if self._code:
            return error_answer(environ, self._code, str(self), self._status)
        content = json.dumps({"message": str(self)})
        return Response(content, status=self._status, content_type="application/json")


def read_body(environ: dict[str, Any]) -> bytes:
    """The whole body, which is put back for those who read it next. Raises BodyRefused."""
    limit, stream = limit_of(environ), get_input_stream(environ)
    if (get_content_length(environ) or 0) > limit.bytes:
        _drain(stream)
        raise _too_large(limit)
    body = bytearray()
    try:
        while part := stream.read(_CHUNK_BYTES):
            body += part
            if len(body) > limit.bytes:
                _drain(stream)
                raise _too_large(limit)
    except (ClientDisconnected, OSError, ValueError, BufferError) as fault:
        code = "IncompleteBody" if is_s3(environ) else "SerializationException"
        raise BodyRefused(code, "The request body is cut off, malformed or too slow.") from fault
    environ["wsgi.input"] = io.BytesIO(body)
    if environ.get("wsgi.input_terminated"):
        environ["CONTENT_LENGTH"] = str(len(body))
    return bytes(body)


def _drain(stream: Any) -> None:
    for _ in range(_DRAINED_BYTES // _CHUNK_BYTES):
        try:
            if not stream.read(_CHUNK_BYTES):
                return
        except (ClientDisconnected, OSError, ValueError, BufferError):
            return


def _too_large(limit: BodyLimit) -> BodyRefused:
    return BodyRefused(limit.code, limit.message, limit.status)
