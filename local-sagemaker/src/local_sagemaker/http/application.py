"""The one WSGI application of local AWS: who answers which request.

SageMaker and its quotas are ours, everything else is moto's. What moto does not know is answered
the way AWS answers an unknown operation, in the protocol of the caller, so that a client shows its
usual error instead of the HTML of a crash.
"""

from __future__ import annotations

import io
import json
import logging
import os
from collections.abc import Iterable
from typing import Any

from botocore.model import OperationNotFoundError
from werkzeug.wrappers import Response

from local_sagemaker.http.asked_again import answer_of
from local_sagemaker.http.client_faults import called_service, client_fault
from local_sagemaker.http.mistyped import mistyped
from local_sagemaker.http.signed_requests import HEALTH_PATH
from local_sagemaker.http.unknown_subresources import unknown_subresource
from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.malformed import UNREADABLE, malformed, unreadable
from local_sagemaker.protocol.unanswered import error_answer, internal_failure, unknown_operation
from local_sagemaker.protocol.wsgi import WsgiApplication
from local_sagemaker.services.called_forms import hide_form

_logger = logging.getLogger(__name__)


class LocalAwsApplication:
    """Sends each request to SageMaker or to moto."""

    def __init__(self, *, port: int, sagemaker: WsgiApplication, moto: WsgiApplication) -> None:
        self._port = port
        self._sagemaker = sagemaker
        self._moto = moto

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HEALTH_PATH:
            return self._health()(environ, start_response)
        if _service(environ) in ("sagemaker", "servicequotas"):
            return self._sagemaker(environ, start_response)
        return self._ask_moto(environ)(environ, start_response)

    def _health(self) -> Response:
        content = {"status": "ready", "port": self._port, "pid": os.getpid()}
        return Response(json.dumps(content), content_type="application/json")

    def _ask_moto(self, environ: dict[str, Any]) -> Response:
        refusal = malformed(environ)
        if refusal is not None:
            return refusal
        overlooked = unknown_subresource(environ)
        if overlooked:
            return unknown_operation(environ, overlooked)
        self._spell_host_as_localhost(environ)
        content = environ["wsgi.input"].read()  # in memory since its signature was checked
        environ["wsgi.input"] = io.BytesIO(content)
        hide_form(environ, content)
        mistake = mistyped(called_service(environ), environ, content)
        if mistake:
            return error_answer(environ, "SerializationException", mistake, 400)
        try:
            body, status, headers = answer_of(self._moto, environ, content)
        except (NotImplementedError, OperationNotFoundError) as missing:
            return unknown_operation(environ, str(missing))
        except UNREADABLE as fault:
            return unreadable(environ, fault)
        except Exception as defect:
            refusal = client_fault(environ, content, defect)
            if refusal is not None:
                _logger.info("refused: %s", environ["PATH_INFO"], exc_info=True)
                return refusal
            _logger.exception("%s %s", environ["REQUEST_METHOD"], environ["PATH_INFO"])
            return internal_failure(environ, defect)
        if _no_route(environ, status, headers):
            return unknown_operation(environ)
        return Response(body, status=status, headers=headers, direct_passthrough=True)

    def _spell_host_as_localhost(self, environ: dict[str, Any]) -> None:
        # moto's S3 and CloudFormation know only this spelling.
        host = environ.get("HTTP_HOST", "")
        environ["HTTP_HOST"] = host.replace("127.0.0.1", "localhost")


def _no_route(environ: dict[str, Any], status: str, headers: Any) -> bool:
    """Whether moto has no such operation: a page in HTML. S3 answers HEAD with 404 of its own."""
    is_page = headers.get("Content-Type", "").startswith("text/html")
    return environ["REQUEST_METHOD"] != "HEAD" and status.startswith("404") and is_page


def _service(environ: dict[str, Any]) -> str:
    """The service that a request is signed for; SageMaker's target counts without a signature."""
    if environ.get("HTTP_X_AMZ_TARGET", "").startswith("SageMaker."):
        return "sagemaker"
    credential = credential_of(environ)
    return credential.service if credential else ""
