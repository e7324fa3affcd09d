"""Services of our own that speak AWS's JSON protocol, as WSGI applications.

The operation is in X-Amz-Target, request and answer are JSON objects. Regions are kept apart.
"""

from __future__ import annotations

import json
import logging
import threading
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, Generic, Protocol, TypeVar

from werkzeug.wrappers import Request, Response

from local_sagemaker.protocol.account import DEFAULT_REGION
from local_sagemaker.protocol.api_errors import ApiError, InternalFailure, SerializationException
from local_sagemaker.protocol.authorization import credential_of
from local_sagemaker.protocol.malformed import json_fault

_logger = logging.getLogger(__name__)


class Closable(Protocol):
    """What a service holds in a region; close() ends whatever goes on there."""

    def close(self) -> None: ...


Held = TypeVar("Held", bound=Closable)


class JsonService(ABC, Generic[Held]):
    """Answers requests; each sees what is held in the region that it is signed for.

    `version` of the protocol is 1.0 or 1.1. An ApiError is answered as the service would, anything
    else is a defect: it is logged and answered as InternalFailure.
    """

    def __init__(self, version: str) -> None:
        self._content_type = f"application/x-amz-json-{version}"
        self._lock = threading.Lock()
        self._regions: dict[str, Held] = {}

    @abstractmethod
    def _open(self, region: str) -> Held:
        """What there is in a region that has not been asked for anything yet."""

    @abstractmethod
    def _answer(self, request: Request, held: Held) -> Response:
        """Raises ApiError."""

    @property
    def regions(self) -> list[Held]:
        """Of those that have been asked for something."""
        with self._lock:
            return list(self._regions.values())

    def region(self, name: str) -> Held:
        """What there is in the region of this name."""
        with self._lock:
            if name not in self._regions:
                self._regions[name] = self._open(name)
            return self._regions[name]

    def close(self) -> None:
        """End what goes on in every region."""
        with self._lock:
            for held in self._regions.values():
                held.close()

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        request = Request(environ)
        try:
            response = self._answer(request, self.region(_region_name(request)))
        except ApiError as error:
            response = self._refuse(error)
        except RecursionError:
            response = self._refuse(SerializationException("The request is nested too deeply."))
        except Exception as defect:
            _logger.exception("%s %s", request.path, request.headers.get("X-Amz-Target", ""))
            response = self._refuse(InternalFailure(f"{type(defect).__name__}: {defect}"))
        response.headers["x-amzn-requestid"] = str(uuid.uuid4())
        return response(environ, start_response)

    def _response(self, content: dict[str, Any], status: int = 200) -> Response:
        """An answer in the service's protocol."""
        return Response(json.dumps(content), status=status, content_type=self._content_type)

    def _refuse(self, error: ApiError) -> Response:
        response = self._response(error.body(), error.status)
        if error.code:
            response.headers["x-amzn-errortype"] = error.code
        return response


def _region_name(request: Request) -> str:
    """The region that a request is signed for."""
    credential = credential_of(request.environ)
    return credential.region if credential else DEFAULT_REGION


def json_body(request: Request) -> Any:
    """Whatever type of content the request claims to have: some programs call all of it a form.

    Raises SerializationException.
    """
    body = request.get_data()
    fault = json_fault(body)
    if fault:
        raise SerializationException(fault)
    return json.loads(body or b"{}")


def given(content: Any) -> Any:
    """The request without the members, however deep, that are null: they are not given."""
    if isinstance(content, dict):
        return {name: given(value) for name, value in content.items() if value is not None}
    return [given(each) for each in content] if isinstance(content, list) else content
