"""Puts our function runs into moto's Lambda."""

from __future__ import annotations

import base64
import json
import logging
import time
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from moto.awslambda.exceptions import LambdaClientError
from moto.awslambda.models import LambdaBackend, LambdaFunction
from moto.awslambda.responses import LambdaResponse
from moto.logs.models import logs_backends

from local_sagemaker.faults.rules import Faults
from local_sagemaker.process import background_work
from local_sagemaker.services.functions import (
    asynchronous,
    configuration,
    event_sources,
    layers,
    permissions,
)
from local_sagemaker.services.functions.capacity import check_capacity
from local_sagemaker.services.functions.invocation import Invocation, fail, invoke
from local_sagemaker.services.functions.settings import FunctionSettings
from local_sagemaker.services.functions.workers import Workers
from local_sagemaker.services.patching import replace

_COLONS_OF_LATEST = 6
_LOG_TAIL_BYTES = 4096
_logger = logging.getLogger(__name__)


def install(directory: Path, faults: Faults, wait_scale: float) -> Callable[[], None]:
    """Route Invoke to function processes; the returned function ends them."""
    workers = Workers(directory, faults, wait_scale)
    configuration.install()
    layers.install()
    permissions.install()
    event_sources.install()

    def backend_invoke(
        backend: LambdaBackend,
        function_name: str,
        qualifier: str | None,
        body: Any,
        headers: Any,
        response_headers: dict[str, str],
    ) -> bytes:
        # Without a qualifier it is $LATEST, which the message about an unknown function names too.
        function = backend.get_function(function_name, qualifier or "$LATEST")
        check_capacity(function)
        invocation_type = headers.get("X-Amz-Invocation-Type", "RequestResponse")
        payload = _invoke(workers, function, body, invocation_type, response_headers)
        response_headers["Content-Length"] = str(len(payload))
        return payload

    def invoke_async(request: Any) -> tuple[int, dict[str, Any], bytes]:
        """InvokeAsync, which Invoke of the type Event has replaced (Lambda's API Reference)."""
        name, headers = request._get_param("FunctionName"), {"X-Amz-Invocation-Type": "Event"}
        answer = backend_invoke(request.backend, name, None, request.body, headers, {})
        return 202, {"status": 202}, answer

    invoke_by_moto = LambdaResponse.invoke

    def invoke_version(request: Any) -> Any:
        """moto asks for `qualifier`, which nobody sends."""
        request.querystring["qualifier"] = request.querystring.get("Qualifier", [None])
        return invoke_by_moto(request)

    replace(LambdaBackend, "invoke", backend_invoke)
    replace(LambdaResponse, "invoke", invoke_version)
    replace(LambdaResponse, "invoke_async", invoke_async)
    return workers.close


def _invoke(
    workers: Workers,
    function: LambdaFunction,
    body: Any,
    invocation_type: str,
    response_headers: dict[str, str],
) -> bytes:
    settings = _settings(function)
    event = _event(body)
    if invocation_type == "DryRun":
        return b""
    if invocation_type == "Event":
        attempt = partial(_run, workers, settings, function, event)
        name = f"function {function.function_name}"
        background_work.begin(name, asynchronous.run, function, event, attempt)
        return b""
    invocation = _run(workers, settings, function, event, str(uuid.uuid4()))
    if invocation.failed:
        response_headers["X-Amz-Function-Error"] = "Unhandled"
    response_headers["X-Amz-Executed-Version"] = settings.version
    tail = "\n".join(invocation.log).encode()[-_LOG_TAIL_BYTES:]
    response_headers["x-amz-log-result"] = base64.b64encode(tail).decode()
    return invocation.payload.encode()


def _run(
    workers: Workers,
    settings: FunctionSettings,
    function: LambdaFunction,
    event: Any,
    request_id: str,
) -> Invocation:
    failure = workers.wanted_failure(settings)
    if failure is not None:
        invocation = fail(settings, failure, request_id)
    else:
        invocation = invoke(workers, settings, function.code_bytes, event, request_id)
    _write_log(function, settings, invocation)
    if invocation.failed:
        _logger.info("%s failed: %s", settings.name, invocation.payload[:300])
    return invocation


def _event(body: Any) -> Any:
    try:
        return json.loads(body or b"{}")
    except ValueError as fault:
        message = f"Could not parse request body into json: {fault}"
        raise LambdaClientError("InvalidRequestContentException", message) from fault


def _settings(function: LambdaFunction) -> FunctionSettings:
    return FunctionSettings(
        arn=function.function_arn,
        name=function.function_name,
        version=_version(function),
        region=function.region,
        handler=str(function.handler),
        runtime=str(function.run_time),
        code_sha256=function.code_digest,
        memory_mb=int(function.memory_size),
        timeout_seconds=int(function.timeout),
        log_group=function.logs_group_name,
        variables=tuple(sorted(function.environment_vars.items())),
        role=function.role,
    )


def _version(function: LambdaFunction) -> str:
    """A published version has a number in its ARN; moto calls the latest one 1, too."""
    is_published = function.function_arn.count(":") > _COLONS_OF_LATEST
    return str(function.version) if is_published else "$LATEST"


def _write_log(
    function: LambdaFunction, settings: FunctionSettings, invocation: Invocation
) -> None:
    logs = logs_backends[function.account_id][function.region]
    logs.ensure_log_group(settings.log_group)
    logs.ensure_log_stream(settings.log_group, invocation.log_stream)
    now = int(time.time() * 1000)
    events = [{"timestamp": now, "message": line} for line in invocation.log]
    logs.put_log_events(settings.log_group, invocation.log_stream, events)
