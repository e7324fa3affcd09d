"""Serves a script's model on SAGEMAKER_BIND_TO_PORT of this machine."""

from __future__ import annotations

import http.client
import os
import traceback
from pathlib import Path

from werkzeug.wrappers import Request, Response

from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.inference_server import BYTES_PER_MB, InferenceServer, Refusal
from local_sagemaker.containers.script_mode.formats import Unsupported
from local_sagemaker.containers.script_mode.handlers import Handlers

_MOST_BYTES = 100 * BYTES_PER_MB  # of one payload of a transform job; endpoints take less
_DEFAULT_CONTENT_TYPE = "application/json"


def main(code: Path, program: str) -> int:
    """Exit code 1 when the script cannot be imported or its model cannot be loaded."""
    directories = Directories.from_environment()
    os.environ["SM_MODEL_DIR"] = str(directories.model)
    try:
        handlers = Handlers.of_script(Path(program))
        server = ScriptServer(handlers, handlers.model_fn(str(directories.model)))
    except Exception:
        traceback.print_exc()
        return 1
    server.serve(int(os.environ["SAGEMAKER_BIND_TO_PORT"]))
    return 0


class ScriptServer(InferenceServer):
    """Answers requests with what the functions of the script make of them."""

    def __init__(self, handlers: Handlers, model: object) -> None:
        super().__init__(_MOST_BYTES)
        self._handlers = handlers
        self._model = model

    def load(self) -> object:
        return self._model

    def invoke(self, body: bytes, request: Request) -> Response:
        content_type = request.headers.get("Content-Type") or _DEFAULT_CONTENT_TYPE
        accept = request.headers.get("Accept", "*/*")
        if accept in ("", "*/*"):
            accept = self._handlers.default_accept
        try:
            return self._handlers.answer(self._model, body, content_type, accept)
        except Refusal:
            raise
        except Unsupported as refusal:
            raise Refusal(refusal.status, str(refusal)) from refusal
        except Exception as error:
            traceback.print_exc()
            status = http.client.INTERNAL_SERVER_ERROR
            raise Refusal(status, f"{type(error).__name__}: {error}") from error
