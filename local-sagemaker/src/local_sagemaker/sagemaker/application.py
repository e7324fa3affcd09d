"""The WSGI application: SageMaker's control plane, its runtime and its quotas on one address.

The control plane and Service Quotas speak JSON 1.1 with the operation in X-Amz-Target; the runtime
is POST /endpoints/<name>/invocations. Resources are kept apart by region.
"""

from __future__ import annotations

import json
import logging
import re
import threading
import uuid
from collections.abc import Iterable
from typing import Any

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.account import DEFAULT_REGION
from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.malformed import json_fault
from local_sagemaker.sagemaker.account_region import AccountRegion, Operation
from local_sagemaker.sagemaker.errors import (
    InternalFailure,
    SageMakerError,
    SerializationException,
    UnknownOperationException,
    ValidationException,
)
from local_sagemaker.sagemaker.region import Region
from local_sagemaker.sagemaker.request_validation import validate_request
from local_sagemaker.sagemaker.settings import Settings
from local_sagemaker.sagemaker.tuning.tuning_jobs import SearchFactory
from local_sagemaker.search.strategies import create_search

_SERVICES = {"SageMaker": "sagemaker", "ServiceQuotasV20190624": "service-quotas"}
_INVOCATIONS = re.compile(r"/endpoints/([^/]+)/invocations")
_logger = logging.getLogger(__name__)


class SageMakerApplication:
    """Serves every region; close() ends every container."""

    def __init__(self, settings: Settings, create_search: SearchFactory = create_search) -> None:
        self._settings = settings
        self._create_search = create_search
        self._lock = threading.Lock()
        self._regions: dict[str, AccountRegion] = {}

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request)
        except SageMakerError as error:
            response = _error_response(error)
        except RecursionError:
            response = _error_response(SerializationException("The request is nested too deeply."))
        except Exception as defect:
            _logger.exception("%s %s", request.path, request.headers.get("X-Amz-Target", ""))
            response = _error_response(InternalFailure(f"{type(defect).__name__}: {defect}"))
        response.headers["x-amzn-requestid"] = str(uuid.uuid4())
        return response(environ, start_response)

    def close(self) -> None:
        with self._lock:
            for account_region in self._regions.values():
                account_region.close()

    def _answer(self, request: Request) -> Response:
        account_region = self._region(_region_name(request))
        invoked = _INVOCATIONS.fullmatch(request.path)
        if invoked and request.method == "POST":
            return account_region.invocations.invoke(invoked.group(1), request)
        service, name, operation = _operation(request, account_region)
        content = _json_body(request)
        validate_request(name, content, service)
        given = _given(content)
        self._check_roles(given)
        return _json_response(operation(given))

    def _check_roles(self, given: dict[str, Any]) -> None:
        """Every role of a request; the words are SageMaker's."""
        single, several = (
            given.get("TrainingJobDefinition"),
            given.get("TrainingJobDefinitions", []),
        )
        for part in (given, single or {}, *several):
            role = part.get("RoleArn") or part.get("ExecutionRoleArn")
            if role and self._settings.keeps_out(role):
                raise ValidationException(
                    f"Could not assume role {role}. Please ensure that the role exists and allows "
                    "principal 'sagemaker.amazonaws.com' to assume the role."
                )

    def _region(self, name: str) -> AccountRegion:
        with self._lock:
            if name not in self._regions:
                region = Region(self._settings, name)
                self._regions[name] = AccountRegion(region, self._create_search)
            return self._regions[name]


def _region_name(request: Request) -> str:
    credential = credential_of(request.environ)
    return credential.region if credential else DEFAULT_REGION


def _operation(request: Request, account_region: AccountRegion) -> tuple[str, str, Operation]:
    """The service, the operation's name and what carries it out."""
    target, _, name = request.headers.get("X-Amz-Target", "").partition(".")
    service = _SERVICES.get(target, "")
    operation = account_region.operations.get(service, {}).get(name)
    if operation is None:
        asked = name or f"{request.method} {request.path}"
        owner = "Service Quotas" if service == "service-quotas" else "SageMaker"
        raise UnknownOperationException(f"Local AWS has no {owner} operation '{asked}'.")
    return service, name, operation


def _given(content: Any) -> Any:
    """The request without the members, however deep, that are null: they are not given."""
    if isinstance(content, dict):
        return {name: _given(value) for name, value in content.items() if value is not None}
    return [_given(each) for each in content] if isinstance(content, list) else content


def _json_body(request: Request) -> Any:
    """Whatever type of content the request claims to have: some programs call all of it a form."""
    body = request.get_data()
    fault = json_fault(body)
    if fault:
        raise SerializationException(fault)
    return json.loads(body or b"{}")


def _json_response(content: dict[str, Any], status: int = 200) -> Response:
    return Response(json.dumps(content), status=status, content_type="application/x-amz-json-1.1")


def _error_response(error: SageMakerError) -> Response:
    response = _json_response(error.body(), error.status)
    if error.code:
        response.headers["x-amzn-errortype"] = error.code
    return response
