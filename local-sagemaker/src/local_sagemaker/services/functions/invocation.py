"""One invocation: the event in; the result or the function error, and the log, out."""

from __future__ import annotations

import json
import math
import time
from dataclasses import dataclass
from typing import Any

from local_sagemaker.services.functions.sandbox_errors import sandbox_error
from local_sagemaker.services.functions.settings import FunctionSettings
from local_sagemaker.services.functions.worker import Exited, TimedOut, Worker
from local_sagemaker.services.functions.workers import Workers

_MAX_RESPONSE_BYTES = 6 * 2**20


@dataclass(frozen=True)
class Invocation:
    """What came of it: JSON text, whether it is a function error, and START to REPORT."""

    request_id: str
    payload: str
    failed: bool
    log: list[str]
    log_stream: str


def invoke(
    workers: Workers, settings: FunctionSettings, code: bytes, event: Any, request_id: str
) -> Invocation:
    """Run the function on an event; a failure of the function is a result, not an exception."""
    with workers.lend(settings, code) as worker:
        started = time.monotonic()
        payload, failed, max_memory_mb = _answer(worker, event, request_id)
        elapsed_ms = (time.monotonic() - started) * 1000
        log = [
            f"START RequestId: {request_id} Version: {settings.version}",
            *worker.new_log_lines(),
            *([json.loads(payload)["errorMessage"]] if not worker.is_alive() else []),
            f"END RequestId: {request_id}",
            _report(worker, request_id, elapsed_ms, max_memory_mb),
        ]
        return Invocation(request_id, payload, failed, log, worker.log_stream)


def fail(settings: FunctionSettings, failure: TimedOut | Exited, request_id: str) -> Invocation:
    """An invocation that ends as if its process had failed, before the handler did anything."""
    error = sandbox_error(failure, settings, request_id)
    log = [
        f"START RequestId: {request_id} Version: {settings.version}",
        error["errorMessage"],
        f"END RequestId: {request_id}",
    ]
    return Invocation(request_id, json.dumps(error), True, log, request_id.replace("-", ""))


def _answer(worker: Worker, event: Any, request_id: str) -> tuple[str, bool, int]:
    """The payload, whether it is an error, and the most memory used so far in MB."""
    settings = worker.settings
    request = {
        "event": event,
        "request_id": request_id,
        "function_arn": settings.arn,
        "deadline_ms": int((time.time() + settings.timeout_seconds) * 1000),
    }
    try:
        answer = worker.ask(request)
    except (TimedOut, Exited) as failure:
        return json.dumps(sandbox_error(failure, settings, request_id)), True, settings.memory_mb
    if "error" in answer:
        error = answer["error"] | {"requestId": request_id}
        return json.dumps(error), True, answer["max_memory_mb"]
    if len(answer["result"].encode()) > _MAX_RESPONSE_BYTES:
        return _too_large(len(answer["result"].encode())), True, answer["max_memory_mb"]
    return answer["result"], False, answer["max_memory_mb"]


def _too_large(size: int) -> str:
    message = f"Response payload size ({size} bytes) exceeded maximum allowed payload size"
    error = {
        "errorType": "Function.ResponseSizeTooLarge",
        "errorMessage": f"{message} ({_MAX_RESPONSE_BYTES} bytes).",
    }
    return json.dumps(error)


def _report(worker: Worker, request_id: str, elapsed_ms: float, max_memory_mb: int) -> str:
    fields = [
        f"REPORT RequestId: {request_id}",
        f"Duration: {elapsed_ms:.2f} ms",
        f"Billed Duration: {math.ceil(elapsed_ms)} ms",
        f"Memory Size: {worker.settings.memory_mb} MB",
        f"Max Memory Used: {max_memory_mb} MB",
    ]
    init_ms = worker.take_init_ms()
    return "\t".join([*fields, *([f"Init Duration: {init_ms:.2f} ms"] if init_ms else [])])
