"""What Lambda reports when a function's process did not answer."""

from __future__ import annotations

from local_sagemaker.services.functions.memory import OUT_OF_MEMORY_STATUS
from local_sagemaker.services.functions.settings import FunctionSettings
from local_sagemaker.services.functions.worker import Exited, TimedOut


def sandbox_error(
    failure: TimedOut | Exited, settings: FunctionSettings, request_id: str
) -> dict[str, str]:
    """The payload of such an invocation, with Lambda's names for the error."""
    error_type, what = _type_and_text(failure, settings)
    return {"errorType": error_type, "errorMessage": f"RequestId: {request_id} Error: {what}"}


def _type_and_text(failure: TimedOut | Exited, settings: FunctionSettings) -> tuple[str, str]:
    if isinstance(failure, TimedOut):
        return "Sandbox.Timedout", f"Task timed out after {settings.timeout_seconds:.2f} seconds"
    if failure.status == OUT_OF_MEMORY_STATUS:
        text = f"Runtime exited with error: signal: killed (over {settings.memory_mb} MB)"
        return "Runtime.OutOfMemory", text
    return "Runtime.ExitError", f"Runtime exited with error: exit status {failure.status}"
