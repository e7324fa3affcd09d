"""The serve program: the container's HTTP API on SAGEMAKER_BIND_TO_PORT of this machine."""

from __future__ import annotations

from functools import cached_property

from werkzeug.wrappers import Request, Response

from local_sagemaker.containers.inference_server import InferenceServer, refuse
from local_sagemaker.containers.xgboost import model_server
from local_sagemaker.containers.xgboost.library import leave_out_pandas, xgboost
from local_sagemaker.containers.xgboost.library_errors import message
from local_sagemaker.containers.xgboost.logs import start_log
from local_sagemaker.containers.xgboost.models import XGBoostModel
from local_sagemaker.containers.xgboost.request_body import read_rows
from local_sagemaker.containers.xgboost.response_body import accepted_type, encode
from local_sagemaker.containers.xgboost.serving_settings import ServingSettings

COULD_NOT_LOAD = "Unable to load model: "
COULD_NOT_EVALUATE = "Unable to evaluate payload provided: "


def main() -> int:
    start_log()
    leave_out_pandas()
    settings = ServingSettings.from_environment()
    XGBoostServer(settings).serve(settings.port)
    return 0


class XGBoostServer(InferenceServer):
    """Serves the models of a directory, several as an ensemble."""

    def __init__(self, settings: ServingSettings) -> None:
        super().__init__(settings.max_content_bytes)
        self._settings = settings

    @cached_property
    def _model(self) -> XGBoostModel:
        with refuse(500, RuntimeError, COULD_NOT_LOAD, message):
            return XGBoostModel.load(
                self._settings.model_directory, ensemble=self._settings.ensemble
            )

    def load(self) -> XGBoostModel:
        return self._model

    def invoke(self, body: bytes, request: Request) -> Response:
        if not body:
            return Response(status=204, mimetype="text/html")  # Flask's default
        with refuse(415, ValueError, message=message):
            rows = read_rows(body, request.headers.get("Content-Type"))
        model = self._model
        with refuse(400, xgboost.core.XGBoostError, COULD_NOT_EVALUATE, message):
            predictions = model.predict(rows)
        asked = request.headers.get("Accept")
        if self._settings.one_of_many:
            with refuse(415, ValueError):
                accept = model_server.accepted_type(asked, self._settings.default_accept)
            return Response(model_server.encode(predictions, accept), content_type=accept)
        with refuse(406, ValueError):
            accept = accepted_type(asked, self._settings)
        with refuse(500, ValueError):
            content = encode(predictions, accept, model, self._settings)
        return Response(content, mimetype=accept)
