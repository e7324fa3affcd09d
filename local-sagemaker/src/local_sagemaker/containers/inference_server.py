"""The HTTP API of a container that serves a model: /ping, /execution-parameters, /invocations.

A container has its network to itself, and its port is for SageMaker alone. Here a web page and
other users of the machine could ask it too, so that whoever starts it may give it a key.
"""

from __future__ import annotations

import hmac
import json
import logging
import os
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from werkzeug.exceptions import ClientDisconnected
from werkzeug.wrappers import Request, Response

from local_sagemaker.containers.memory import is_out_of_memory, out_of_memory
from local_sagemaker.wire.server import wsgi_server

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
KEY_VARIABLE = "LOCAL_SAGEMAKER_CONTAINER_KEY"
KEY_HEADER = "X-Local-SageMaker-Container-Key"  # of every request, if there is a key
MULTI_MODEL_VARIABLE = "SAGEMAKER_MULTI_MODEL"  # there where a container is one of Mode MultiModel
BYTES_PER_MB = 1024**2

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that is answered with an error status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@contextmanager
def refuse(
    status: int,
    error_class: type[Exception],
    what: str = "",
    message: Callable[[Exception], str] = str,
) -> Iterator[None]:
    """Answer with this status, and the error's message, when the block raises this error."""
    try:
        yield
    except error_class as error:
        raise Refusal(status, f"{what}{message(error)}") from error


class InferenceServer(ABC):
    """The API as a WSGI application; a container fills in how it loads and predicts."""

    def __init__(self, max_content_bytes: int) -> None:
        self._max_content_bytes = max_content_bytes
        self._key = os.environ.get(KEY_VARIABLE, "")
        self._using_model = threading.Lock()
        self._routes = {
            ("GET", "/ping"): self._ping,
            ("GET", "/execution-parameters"): self._execution_parameters,
            ("POST", "/invocations"): self._invocations,
        }

    @abstractmethod
    def load(self) -> object:
        """The model, loaded once; Refusal when it cannot be."""

    @abstractmethod
    def invoke(self, body: bytes, request: Request) -> Response:
        """The answer to an invocation; Refusal for one that cannot be answered."""

    def serve(self, port: int) -> None:
        wsgi_server(HOST, port, self.answer).serve_forever()

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._respond(Request(environ))(environ, start_response)

    def _respond(self, request: Request) -> Response:
        given = request.headers.get(KEY_HEADER, "")
        if self._key and not hmac.compare_digest(given.encode(), self._key.encode()):
            return Response("This container answers the local AWS that started it.", status=403)
        route = self._routes.get((request.method, request.path))
        if route is None:
            return Response(status=404)
        try:
            self._read(request)  # before anybody waits: a slow client holds up nobody else
            with self._using_model:
                return route(request)
        except Refusal as refusal:
            logger.error("%d %s", refusal.status, refusal)
            return Response(str(refusal), status=refusal.status)
        except Exception as error:
            if not is_out_of_memory(error):
                raise
            logger.error("%s", out_of_memory())
            return Response(out_of_memory(), status=500)

    def _ping(self, request: Request) -> Response:
        self.load()
        return Response()

    def _execution_parameters(self, request: Request) -> Response:
        """What batch transform asks for."""
        parameters = {
            "MaxConcurrentTransforms": os.cpu_count(),
            "BatchStrategy": "MULTI_RECORD",
            "MaxPayloadInMB": self._max_content_bytes // BYTES_PER_MB,
        }
        return Response(json.dumps(parameters), mimetype="application/json")

    def _invocations(self, request: Request) -> Response:
        return self.invoke(request.get_data(), request)

    def _read(self, request: Request) -> None:
        """Take the body in; one that says no length is counted as it comes.

        Read to its end even when it is refused: a client that still sends would get a reset.
        """
        limit = self._max_content_bytes
        if (request.content_length or 0) > limit:
            while request.stream.read(BYTES_PER_MB):
                pass
            raise _too_large(limit)
        request.max_content_length = limit + 1  # werkzeug cuts off what is beyond it
        with refuse(400, ClientDisconnected):
            body = request.get_data()
        if len(body) > limit:
            raise _too_large(limit)


def _too_large(limit: int) -> Refusal:
    return Refusal(413, f"413 Request Entity Too Large: the body exceeds {limit} bytes")
