"""What a Task state does: call a service or a function, or wait for a worker."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from local_sagemaker.stepfunctions.tasks.activity_task import run_activity
from local_sagemaker.stepfunctions.tasks.lambda_task import run_function
from local_sagemaker.stepfunctions.tasks.resource import Resource, parse
from local_sagemaker.stepfunctions.tasks.service_task import run_service
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

_KINDS: dict[str, Callable[[TaskRequest, Resource], Any]] = {
    "activity": run_activity,
    "aws-sdk": run_service,
    "function": run_function,
    "integration": run_service,
}


def run(request: TaskRequest) -> Any:
    """The task's result. Raises StateFailed, and what the engine ends with (`Running.check`)."""
    resource = parse(request.resource)
    return _KINDS[resource.kind](request, resource)
