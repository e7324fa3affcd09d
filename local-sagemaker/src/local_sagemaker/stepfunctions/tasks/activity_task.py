"""Tasks that a worker of an activity does."""

from __future__ import annotations

import time
from typing import Any

from local_sagemaker.stepfunctions.errors import ActivityDoesNotExist
from local_sagemaker.stepfunctions.failure import RUNTIME, StateFailed
from local_sagemaker.stepfunctions.json_text import to_text
from local_sagemaker.stepfunctions.tasks import activities, tokens
from local_sagemaker.stepfunctions.tasks.patience import Patience, patience
from local_sagemaker.stepfunctions.tasks.resource import Resource
from local_sagemaker.stepfunctions.tasks.scheduled import limits
from local_sagemaker.stepfunctions.tasks.task import TaskRequest


def run_activity(request: TaskRequest, resource: Resource) -> Any:
    """The output that the worker sends. TimeoutSeconds begins when the task is scheduled,
    HeartbeatSeconds when a worker has it."""
    given = to_text(request.parameters)
    token = tokens.open_token(request)
    try:
        task = activities.schedule(resource.arn, token.text, given)
    except ActivityDoesNotExist:
        token.close()
        cause = f"The activity {resource.arn} does not exist."
        raise StateFailed(RUNTIME, cause) from None
    waited = patience(request, "ActivityTimedOut")
    try:
        request.record(
            "ActivityScheduled",
            resource=resource.arn,
            input=given,
            inputDetails={"truncated": False},
            **limits(request),
        )
        output = _worked(request, task, token, waited)
    finally:
        activities.drop(task)
        token.close()
    text = to_text(output)
    request.record("ActivitySucceeded", output=text, outputDetails={"truncated": False})
    return output


def _worked(
    request: TaskRequest, task: activities.ActivityTask, token: tokens.Token, waited: Patience
) -> Any:
    waited.wait_for(task.taken)
    token.last_heartbeat = time.monotonic()
    request.record("ActivityStarted", workerName=task.worker)
    waited.wait_for(token.answered, beats=token)
    return token.result("ActivityFailed")
