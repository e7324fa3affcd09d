"""Credentials of a Task state: another role, in which its calls are made."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import BotoCoreError, ClientError

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.clients import client_of_machine
from local_sagemaker.stepfunctions.tasks.task import TaskRequest

_REFUSED = ("AccessDenied", "NoSuchEntity")


def assume(request: TaskRequest, event: str, details: dict[str, Any]) -> None:
    """Take on the role of the state's Credentials with the rights of the machine's role, if it has
    any. Raises StateFailed.
    """
    role = request.credentials_role_arn
    if role is None:
        return
    try:
        client_of_machine("sts", request).assume_role(RoleArn=role, RoleSessionName="states")
    except (ClientError, BotoCoreError) as error:
        cause = str(error)
        if isinstance(error, ClientError) and error.response["Error"]["Code"] in _REFUSED:
            cause = (
                f"The role {request.role_arn} is not authorized to assume the task state's role, "
                f"{role}."
            )
        raise StateFailed("States.TaskFailed", cause, event, details) from error
