"""InvokeEndpoint: passes a request on to the container and its answer back."""

from __future__ import annotations

import http.client
import time

from werkzeug.wrappers import Request, Response

from local_sagemaker.sagemaker.errors import (
    ModelError,
    RequestTooLarge,
    ServiceUnavailable,
    ValidationError,
)
from local_sagemaker.sagemaker.hosting.data_capture import DataCapture, Exchange
from local_sagemaker.sagemaker.hosting.endpoint import Endpoint
from local_sagemaker.sagemaker.hosting.endpoint_metrics import EndpointMetrics, Invoked
from local_sagemaker.sagemaker.hosting.endpoints import Endpoints
from local_sagemaker.sagemaker.hosting.fleet import Fleet
from local_sagemaker.sagemaker.hosting.serving_process import ServingProcess
from local_sagemaker.sagemaker.region import Region

MAX_BODY_BYTES = 6_291_456
_PASSED_ON = ("Content-Type", "Accept", "X-Amzn-SageMaker-Custom-Attributes")


class Invocations:
    """Answers requests to endpoints, counts them in CloudWatch and captures their data."""

    def __init__(self, region: Region, endpoints: Endpoints) -> None:
        self._region = region
        self._endpoints = endpoints
        self._metrics = EndpointMetrics(region)
        self._capture = DataCapture(region)

    def invoke(self, name: str, request: Request) -> Response:
        """Answer one request to an endpoint, or raise the error that the client gets."""
        if (request.content_length or 0) > MAX_BODY_BYTES:
            while request.stream.read(MAX_BODY_BYTES):
                pass  # A client that still sends would get a reset connection, not the answer.
            raise RequestTooLarge(f"HTTP content length exceeded {MAX_BODY_BYTES} bytes.")
        with self._endpoint(name).routed() as fleet:
            if fleet is None:
                raise self._not_found(name)
            return self._answer(name, fleet, request)

    def _answer(self, name: str, fleet: Fleet, request: Request) -> Response:
        variant, process = fleet.choose(request.headers.get("X-Amzn-SageMaker-Target-Variant"))
        if process is None:
            raise ValidationError(f"Variant {variant} was not found for endpoint {name}.")
        status, headers, body = self._measured(name, variant, fleet, process, request)
        if status >= http.client.BAD_REQUEST:
            raise self._model_error(fleet, status, body.decode("utf-8", errors="replace"))
        body = fleet.answer(variant, body)
        answer = Response(
            body, status=status, headers={"x-Amzn-Invoked-Production-Variant": variant}
        )
        for header in ("content-type", "x-amzn-sagemaker-custom-attributes"):
            if header in headers:
                answer.headers[header] = headers[header]
        content_type = request.headers.get("Content-Type", "")
        self._capture.offer(
            fleet.config.data_capture,
            Exchange(
                name,
                variant,
                request=(content_type, request.data),
                answer=(headers.get("content-type", ""), body),
            ),
        )
        return answer

    def _measured(
        self, name: str, variant: str, fleet: Fleet, process: ServingProcess, request: Request
    ) -> tuple[int, dict[str, str], bytes]:
        """The container's answer; metrics count it, also when there is none."""
        started, status = time.monotonic(), int(http.HTTPStatus.INTERNAL_SERVER_ERROR)
        try:
            answer = self._ask(process, fleet, request)
            status = answer[0]
            return answer
        finally:
            self._metrics.record(
                Invoked(
                    endpoint=name,
                    variant=variant,
                    config=fleet.config.name,
                    status=status,
                    latency_seconds=time.monotonic() - started,
                    instances=fleet.instance_count(variant),
                )
            )

    def _endpoint(self, name: str) -> Endpoint:
        endpoint = self._endpoints.get(name)
        if endpoint is None:
            raise self._not_found(name)
        return endpoint

    def _not_found(self, name: str) -> ValidationError:
        return ValidationError(f"Endpoint {name} of account {self._region.account} not found.")

    def _ask(
        self, process: ServingProcess, fleet: Fleet, request: Request
    ) -> tuple[int, dict[str, str], bytes]:
        headers = {name: request.headers[name] for name in _PASSED_ON if name in request.headers}
        try:
            return process.request("POST", "/invocations", body=request.data, headers=headers)
        except TimeoutError as fault:
            raise self._model_error(
                fleet,
                0,
                "Your invocation timed out while waiting for a response from container primary.",
            ) from fault
        except OSError as fault:
            raise ServiceUnavailable(
                f"The container of {fleet.config.name} does not answer ({fault}); its log is in "
                f"{fleet.log_group}."
            ) from fault

    def _model_error(self, fleet: Fleet, status: int, message: str) -> ModelError:
        side = "client" if 400 <= status < 500 else "server"
        region, account = self._region.name, self._region.account
        return ModelError(
            f'Received {side} error ({status}) from primary with message "{message}". See '
            f"https://{region}.console.aws.amazon.com/cloudwatch/home?region={region}"
            f"#logEventViewer:group={fleet.log_group} in account {account} for more information.",
            OriginalStatusCode=status,
            OriginalMessage=message,
            LogStreamArn=f"arn:aws:logs:{region}:{account}:log-group:{fleet.log_group}",
        )
