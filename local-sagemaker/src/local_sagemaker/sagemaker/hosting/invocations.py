"""InvokeEndpoint: passes a request on to the container and its answer back."""

from __future__ import annotations

import logging

from werkzeug.wrappers import Request, Response

from local_sagemaker.process import background_work
from local_sagemaker.sagemaker.errors import (
    RequestTooLarge,
    SageMakerError,
    ValidationError,
)
from local_sagemaker.sagemaker.hosting.data_capture import DataCapture, Exchange
from local_sagemaker.sagemaker.hosting.endpoint import Endpoint
from local_sagemaker.sagemaker.hosting.endpoints import Endpoints
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.invocation_rules import (
    TARGET_VARIANT,
    check_headers,
    target_model,
)
from local_sagemaker.sagemaker.hosting.invoker import Invocation, Invoker
from local_sagemaker.sagemaker.hosting.serving import Serving
from local_sagemaker.sagemaker.region import Region

MAX_BODY_BYTES = 6_291_456
_PASSED_ON = ("Content-Type", "Accept", "X-Amzn-SageMaker-Custom-Attributes")
_logger = logging.getLogger(__name__)


class Invocations:
    """Answers requests to endpoints, and captures their data."""

    def __init__(self, region: Region, endpoints: Endpoints, invoker: Invoker) -> None:
        self._region = region
        self._endpoints = endpoints
        self._invoker = invoker
        self._capture = DataCapture(region)

    def invoke(self, name: str, request: Request) -> Response:
        """Answer one request to an endpoint, or raise the error that the client gets."""
        if (request.content_length or 0) > MAX_BODY_BYTES:
            while request.stream.read(MAX_BODY_BYTES):
                pass  # A client that still sends would get a reset connection, not the answer.
            raise RequestTooLarge(f"HTTP content length exceeded {MAX_BODY_BYTES} bytes.")
        check_headers("InvokeEndpoint", request.headers)
        with self.endpoint(name).routed() as fleet:
            if fleet is None:
                raise self._not_found(name)
            if fleet.config.asynchronous is not None:
                raise ValidationError(
                    f"Endpoint {name} is an asynchronous endpoint: use InvokeEndpointAsync."
                )
            return self._answer(name, fleet, request)

    def endpoint(self, name: str) -> Endpoint:
        """Raises ValidationError for a name that is missing, as one in another case is."""
        endpoint = self._endpoints.get(name)
        if endpoint is None or endpoint.name != name:
            raise self._not_found(name)
        return endpoint

    def _answer(self, name: str, fleet: Fleet, request: Request) -> Response:
        variant, serving = fleet.choose(request.headers.get(TARGET_VARIANT))
        if serving is None:
            raise ValidationError(f"Variant {variant} was not found for endpoint {name}.")
        given = {each: request.headers[each] for each in _PASSED_ON if each in request.headers}
        target = target_model(name, fleet, variant, request.headers)
        invocation = Invocation(request.data, given, target)
        shadow = fleet.shadow()
        if shadow is not None:
            self._copy(name, fleet, *shadow, invocation)
        answer = self._invoker.ask(name, fleet, variant, serving, invocation)
        response = Response(
            answer.body,
            status=answer.status,
            headers={"x-Amzn-Invoked-Production-Variant": variant},
        )
        for header in ("content-type", "x-amzn-sagemaker-custom-attributes"):
            if header in answer.headers:
                response.headers[header] = answer.headers[header]
        exchanged = (given.get("Content-Type", ""), request.data)
        answered = (answer.headers.get("content-type", ""), answer.body)
        exchange = Exchange(name, variant, exchanged, answered)
        self._capture.offer(fleet.data_capture, exchange, fleet.role)
        return response

    def _copy(
        self, name: str, fleet: Fleet, shadow: str, serving: Serving, invocation: Invocation
    ) -> None:
        """Ask the shadow variant the same, beside the request; nobody gets its answer."""
        fleet.begin_request()

        def ask() -> None:
            try:
                self._invoker.ask(name, fleet, shadow, serving, invocation)
            except SageMakerError as error:  # counted in its metrics
                _logger.info("Shadow variant %s of %s: %s", shadow, name, error)
            finally:
                fleet.end_request()

        background_work.begin(f"shadow variant of {name}", ask)

    def _not_found(self, name: str) -> ValidationError:
        return ValidationError(f"Endpoint {name} of account {self._region.account} not found.")
