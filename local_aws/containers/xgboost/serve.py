"""The serve program: the container's HTTP API on SAGEMAKER_BIND_TO_PORT of this machine."""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from werkzeug.serving import make_server
from werkzeug.wrappers import Request, Response

from local_aws.containers.xgboost.library import xgboost
from local_aws.containers.xgboost.library_errors import message
from local_aws.containers.xgboost.logs import start_log
from local_aws.containers.xgboost.models import Model
from local_aws.containers.xgboost.request_body import read_rows
from local_aws.containers.xgboost.response_body import accepted_type, encode
from local_aws.containers.xgboost.serving_settings import ServingSettings

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

HOST = "127.0.0.1"
CHUNK_BYTES = 1024**2

logger = logging.getLogger(__name__)


def main() -> int:
    start_log()
    logging.getLogger("werkzeug").setLevel(logging.WARNING)  # no line for each request
    settings = ServingSettings.from_environment()
    make_server(
        HOST, settings.port, InferenceServer(settings).answer, threaded=True
    ).serve_forever()
    return 0


class Refusal(Exception):
    """A request that is answered with an error status."""

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status = status


@contextmanager
def refuse(status: int, error_class: type[Exception], what: str = "") -> Iterator[None]:
    """Answer with this status when the block raises this error."""
    try:
        yield
    except error_class as error:
        raise Refusal(status, f"{what}{message(error)}") from error


class InferenceServer:
    """The API as a WSGI application."""

    def __init__(self, settings: ServingSettings) -> None:
        self._settings = settings
        self._using_model = threading.Lock()
        self._routes = {
            ("GET", "/ping"): self._ping,
            ("GET", "/execution-parameters"): self._execution_parameters,
            ("POST", "/invocations"): self._invoke,
        }

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self._respond(Request(environ))(environ, start_response)

    def _respond(self, request: Request) -> Response:
        route = self._routes.get((request.method, request.path))
        if route is None:
            return Response(status=404)
        try:
            with self._using_model:
                return route(request)
        except Refusal as refusal:
            logger.error("%d %s", refusal.status, refusal)
            return Response(str(refusal), status=refusal.status)

    @cached_property
    def _model(self) -> Model:
        with refuse(500, RuntimeError, "Unable to load model: "):
            return Model.load(self._settings.model_directory, ensemble=self._settings.ensemble)

    def _ping(self, request: Request) -> Response:
        logger.debug("Model objective: %s", self._model.objective)
        return Response()

    def _execution_parameters(self, request: Request) -> Response:
        """What batch transform asks for."""
        parameters = {
            "MaxConcurrentTransforms": os.cpu_count(),
            "BatchStrategy": "MULTI_RECORD",
            "MaxPayloadInMB": self._settings.max_content_bytes // 1024**2,
        }
        return Response(json.dumps(parameters), mimetype="application/json")

    def _body(self, request: Request) -> bytes:
        """Read to its end even when it is refused: a client that still sends would get a reset."""
        limit = self._settings.max_content_bytes
        if (request.content_length or 0) <= limit:
            return request.get_data()
        while request.stream.read(CHUNK_BYTES):
            pass
        raise Refusal(413, f"413 Request Entity Too Large: the body exceeds {limit} bytes")

    def _invoke(self, request: Request) -> Response:
        body = self._body(request)
        if not body:
            return Response(status=204)
        with refuse(415, ValueError):
            rows = read_rows(body, request.headers.get("Content-Type"))
        model = self._model
        with refuse(400, xgboost.core.XGBoostError, "Unable to evaluate payload provided: "):
            predictions = model.predict(rows)
        with refuse(406, ValueError):
            accept = accepted_type(request.headers.get("Accept"), self._settings.default_accept)
        with refuse(500, ValueError):
            content = encode(predictions, accept, model, self._settings)
        return Response(content, mimetype=accept)
