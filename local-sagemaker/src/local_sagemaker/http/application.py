"""The one WSGI application of local AWS: who answers which request.

SageMaker, its quotas and Step Functions are ours, everything else is moto's. What moto does not
know is answered the way AWS answers an unknown operation, in the protocol of the caller, so that a
client shows its usual error instead of the HTML of a crash.
"""

from __future__ import annotations

import base64
import io
import json
import logging
import os
import uuid
from collections.abc import Iterable
from typing import Any

from botocore.model import OperationNotFoundError
from werkzeug.datastructures import Headers
from werkzeug.wrappers import Response

from local_sagemaker.http.asked_again import answer_of
from local_sagemaker.http.client_faults import called_service, client_fault, name_fault
from local_sagemaker.http.mistyped import mistyped
from local_sagemaker.http.other_regions import other_region
from local_sagemaker.http.signed_requests import HEALTH_PATH
from local_sagemaker.http.unknown_subresources import unknown_subresource
from local_sagemaker.protocol.authorization import ALGORITHM, credential_of
from local_sagemaker.protocol.malformed import UNREADABLE, malformed, unreadable
from local_sagemaker.protocol.unanswered import error_answer, internal_failure, unknown_operation
from local_sagemaker.protocol.wsgi import WsgiApplication
from local_sagemaker.services.called_forms import hide_form

_TARGETS = {"SageMaker": "sagemaker", "AWSStepFunctions": "states"}
_logger = logging.getLogger(__name__)


class LocalAwsApplication:
    """Sends each request to SageMaker, to Step Functions or to moto."""

    def __init__(
        self,
        *,
        port: int,
        sagemaker: WsgiApplication,
        stepfunctions: WsgiApplication,
        moto: WsgiApplication,
    ) -> None:
        self._port = port
        self._own = {
            "sagemaker": sagemaker,
            "servicequotas": sagemaker,
            "states": stepfunctions,
        }
        self._moto = moto

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] == HEALTH_PATH:
            return self._health()(environ, start_response)
        own = self._own.get(_service(environ))
        if own is not None:
            return own(environ, start_response)
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
        _sign_plainly(environ)
        content = environ["wsgi.input"].read()  # in memory since its signature was checked
        environ["wsgi.input"] = io.BytesIO(content)
        hide_form(environ, content)
        refusal = _wrong_member(environ, content) or other_region(environ)
        if refusal is not None:
            return refusal
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
        if _service(environ) == "s3":
            _give_ids_of_s3(headers)
        return Response(body, status=status, headers=headers, direct_passthrough=True)

    def _spell_host_as_localhost(self, environ: dict[str, Any]) -> None:
        # moto's S3 and CloudFormation know only this spelling.
        host = environ.get("HTTP_HOST", "")
        environ["HTTP_HOST"] = host.replace("127.0.0.1", "localhost")


def _wrong_member(environ: dict[str, Any], content: bytes) -> Response | None:
    mistake = mistyped(called_service(environ), environ, content)
    if mistake:
        return error_answer(environ, "SerializationException", mistake, 400)
    return name_fault(environ, content)


def _no_route(environ: dict[str, Any], status: str, headers: Any) -> bool:
    """Whether moto has no such operation: a page in HTML. S3 answers HEAD with 404 of its own."""
    is_page = headers.get("Content-Type", "").startswith("text/html")
    return environ["REQUEST_METHOD"] != "HEAD" and status.startswith("404") and is_page


def _give_ids_of_s3(headers: Headers) -> None:
    """S3 has a header of its own for the id of a request, and a second, extended id."""
    headers.setdefault("x-amz-request-id", headers.pop("x-amzn-requestid", uuid.uuid4().hex))
    headers["x-amz-id-2"] = base64.b64encode(os.urandom(56)).decode()


def _service(environ: dict[str, Any]) -> str:
    """The service that a request is signed for; a target of ours counts without a signature."""
    credential = credential_of(environ)
    if credential is not None:
        return credential.service
    return _TARGETS.get(environ.get("HTTP_X_AMZ_TARGET", "").partition(".")[0], "")


def _sign_plainly(environ: dict[str, Any]) -> None:
    """moto reads no signature in a query, and takes the parts of a header by their places.

    So it could take a request for one of another service than IAM was asked about.
    """
    credential = credential_of(environ)
    if credential is not None:
        scope = f"{credential.date}/{credential.region}/{credential.service}/aws4_request"
        environ["HTTP_AUTHORIZATION"] = (
            f"{ALGORITHM} Credential={credential.access_key_id}/{scope}, "
            "SignedHeaders=host, Signature=checked"
        )
    environ.pop("HTTP_X_MOTO_ACCOUNT_ID", None)  # would lead into another account
