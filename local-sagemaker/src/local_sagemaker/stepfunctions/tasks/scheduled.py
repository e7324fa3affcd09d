"""A task's limits, as the event of its scheduling has them."""

from __future__ import annotations

from typing import Any

from local_sagemaker.stepfunctions.tasks.task import TaskRequest


def limits(request: TaskRequest) -> dict[str, Any]:
    """Time limits in seconds and the role of the state's Credentials, where they are set."""
    found = {
        "timeoutInSeconds": request.timeout_seconds,
        "heartbeatInSeconds": request.heartbeat_seconds,
    }
    given: dict[str, Any] = {name: int(value) for name, value in found.items() if value is not None}
    if request.credentials_role_arn is not None:
        given["taskCredentials"] = {"roleArn": request.credentials_role_arn}
    return given
