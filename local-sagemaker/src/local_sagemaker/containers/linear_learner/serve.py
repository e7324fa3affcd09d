"""The serve program: the container's HTTP API on SAGEMAKER_BIND_TO_PORT of this machine."""

from __future__ import annotations

import os
from functools import cached_property
from pathlib import Path

from werkzeug.wrappers import Request, Response

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.inference_server import BYTES_PER_MB, InferenceServer, refuse
from local_sagemaker.containers.linear_learner.logs import start_log
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.linear_learner.request_body import UnsupportedType, read_rows
from local_sagemaker.containers.linear_learner.response_body import accepted_type, encode

MAX_CONTENT_BYTES = 6 * BYTES_PER_MB


def main() -> int:
    start_log()
    directories = Directories.from_environment()
    LinearLearnerServer(directories.model).serve(int(os.environ["SAGEMAKER_BIND_TO_PORT"]))
    return 0


class LinearLearnerServer(InferenceServer):
    """Serves the model of a directory. Batch transform asks for nothing else than an endpoint."""

    def __init__(self, model_directory: Path) -> None:
        super().__init__(MAX_CONTENT_BYTES)
        self._model_directory = model_directory

    @cached_property
    def _model(self) -> LinearModel:
        with refuse(500, OSError, "Unable to load model: "), refuse(500, ValueError):
            return LinearModel.load(self._model_directory)

    def load(self) -> LinearModel:
        return self._model

    def invoke(self, body: bytes, request: Request) -> Response:
        model = self._model
        with (
            refuse(400, ValueError, "unable to evaluate payload provided: "),
            refuse(415, UnsupportedType),
        ):
            rows = read_rows(body, request.headers.get("Content-Type"), model.width)
        accept = accepted_type(request.headers.get("Accept"))
        return Response(encode(model, rows, accept), content_type=accept)
