"""The program in a function's process: loads the handler and answers one event after the other.

Started as `python -m local_sagemaker.services.functions.runtime <fd> <wait scale>`; `fd` is a
socket to the server on which each message is a line of JSON.
"""

from __future__ import annotations

import importlib
import json
import os
import socket
import sys
import threading
import time
import traceback
from collections.abc import Callable, Sequence
from io import BufferedRWPair
from typing import Any

from local_sagemaker.process import lifeline
from local_sagemaker.services.functions import retry_pauses
from local_sagemaker.services.functions.context import Context
from local_sagemaker.services.functions.memory import OUT_OF_MEMORY_STATUS, peak_memory_mb
from local_sagemaker.services.functions.root_logger import install_log_handler

Handler = Callable[[Any, Context], Any]

_TASK_ROOT = "/var/task"  # where Lambda has a function's code


class RuntimeFailure(Exception):
    """A failure that Lambda's runtime itself reports; `error_type` is its name for it."""

    def __init__(self, error_type: str, message: str, frames: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.error_type = error_type
        self.frames = frames


def main() -> None:
    lifeline.hold()
    busy = threading.Event()
    busy.set()
    _watch_memory(int(os.environ["AWS_LAMBDA_FUNCTION_MEMORY_SIZE"]), busy)
    channel = socket.socket(fileno=int(sys.argv[1])).makefile("rwb")
    log_handler = install_log_handler()
    retry_pauses.scale(float(sys.argv[2]))
    try:
        handler = load_handler(os.environ["_HANDLER"], os.environ["LAMBDA_TASK_ROOT"])
    except Exception as fault:
        error = describe(fault, request_id="")
        print(f"[ERROR] {error['errorType']}: {error['errorMessage']}", flush=True)
        _send(channel, {"error": error, "max_memory_mb": peak_memory_mb()})
        return
    _send(channel, {"ready": True})
    busy.clear()
    for line in channel:
        busy.set()
        request = json.loads(line)
        log_handler.request_id = request["request_id"]
        _send(channel, _answer(handler, request))
        busy.clear()


def load_handler(name: str, task_root: str) -> Handler:
    """Import `package.module.function` from the task root, which goes before all else."""
    sys.path[:] = [task_root, *(path for path in sys.path if _is_interpreters(path))]
    module_name, dot, function = name.rpartition(".")
    if not dot:
        message = f"Bad handler '{name}': not enough values to unpack (expected 2, got 1)"
        raise RuntimeFailure("Runtime.MalformedHandlerName", message)
    try:
        module = importlib.import_module(module_name.replace("/", "."))
    except ImportError as fault:
        message = f"Unable to import module '{module_name}': {fault}"
        raise RuntimeFailure("Runtime.ImportModuleError", message) from fault
    except SyntaxError as fault:
        message = f"Syntax error in module '{module_name}': {fault}"
        frames = [f'  File "{fault.filename}" Line {fault.lineno}\n    {fault.text}']
        raise RuntimeFailure("Runtime.UserCodeSyntaxError", message, frames) from fault
    if not hasattr(module, function):
        message = f"Handler '{function}' missing on module '{module_name}'"
        raise RuntimeFailure("Runtime.HandlerNotFound", message)
    handler: Handler = getattr(module, function)
    return handler


def describe(fault: BaseException, *, request_id: str) -> dict[str, Any]:
    """An error as Lambda's Python runtime reports it."""
    if isinstance(fault, RuntimeFailure):
        error_type, frames = fault.error_type, list(fault.frames)
    else:
        error_type = type(fault).__name__
        frames = traceback.format_list(traceback.extract_tb(fault.__traceback__)[1:])
    # The log names the file on this machine; the error names it as Lambda would.
    task_root = os.environ.get("LAMBDA_TASK_ROOT", _TASK_ROOT)
    return {
        "errorMessage": str(fault),
        "errorType": error_type,
        "requestId": request_id,
        "stackTrace": [frame.replace(f'"{task_root}/', f'"{_TASK_ROOT}/') for frame in frames],
    }


def _answer(handler: Handler, request: dict[str, Any]) -> dict[str, Any]:
    try:
        result = handler(request["event"], Context.of(request))
        answer: dict[str, Any] = {"result": _payload(result)}
    except Exception as fault:
        answer = {"error": describe(fault, request_id=request["request_id"])}
        print(f"[ERROR] {type(fault).__name__}: {fault}\n{traceback.format_exc()}", flush=True)
    sys.stdout.flush()
    return answer | {"max_memory_mb": peak_memory_mb()}


def _payload(result: Any) -> str:
    """What is answered: bytes as they are, as recorded on AWS; anything else as JSON."""
    if isinstance(result, bytes):
        return result.decode()
    try:
        return json.dumps(result, ensure_ascii=False, default=_bytes_as_text)
    except (TypeError, ValueError) as fault:
        message = f"Unable to marshal response: {fault}"
        raise RuntimeFailure("Runtime.MarshalError", message) from fault


def _bytes_as_text(value: Any) -> str:
    """Lambda's Python runtime takes bytes for text in UTF-8."""
    if isinstance(value, bytes):
        return value.decode()
    raise TypeError(f"Object of type {type(value).__name__} is not JSON serializable")


def _is_interpreters(path: str) -> bool:
    """Standard library and installed packages, but not this project's own source folders."""
    return path.startswith((sys.prefix, sys.base_prefix))


def _watch_memory(limit_mb: int, busy: threading.Event) -> None:
    """Between events there is nothing to watch: many idle functions would keep a processor busy."""

    def watch() -> None:
        while busy.wait() and peak_memory_mb() <= limit_mb:
            time.sleep(0.05)
        os._exit(OUT_OF_MEMORY_STATUS)

    threading.Thread(target=watch, name="memory", daemon=True).start()


def _send(channel: BufferedRWPair[Any, Any], message: dict[str, Any]) -> None:
    channel.write(json.dumps(message).encode() + b"\n")
    channel.flush()


if __name__ == "__main__":
    main()
