"""How a task fails: with TaskFailed in the history, and a cause as AWS's Java SDK prints it."""

from __future__ import annotations

from typing import Any

from botocore.exceptions import ClientError
from moto.stepfunctions.parser.api import HistoryEventType, TaskFailedEventDetails
from moto.stepfunctions.parser.asl.component.common.error_name.error_name import ErrorName
from moto.stepfunctions.parser.asl.component.common.error_name.failure_event import (
    FailureEvent,
    FailureEventException,
)
from moto.stepfunctions.parser.asl.eval.event.event_detail import EventDetails


def task_failed(task: Any, env: Any, error: str, cause: str) -> FailureEventException:
    """The failure of a service task, to be raised; its `failure_event` goes to Retry and Catch."""
    details = TaskFailedEventDetails(
        error=error,
        cause=cause,
        resource=task._get_sfn_resource(),
        resourceType=task._get_sfn_resource_type(),
    )
    return FailureEventException(
        FailureEvent(
            env=env,
            error_name=ErrorName(error_name=error),
            event_type=HistoryEventType.TaskFailed,
            event_details=EventDetails(taskFailedEventDetails=details),
        )
    )


def refusal_cause(error: ClientError, service: str) -> str:
    """A service's refusal as version 1 of the Java SDK prints it; `service` is AmazonSageMaker."""
    answer, metadata = error.response["Error"], error.response["ResponseMetadata"]
    return (
        f"{answer['Message']} (Service: {service}; "
        f"Status Code: {metadata['HTTPStatusCode']}; Error Code: {answer['Code']}; "
        f"Request ID: {metadata.get('RequestId', '')}; Proxy: null)"
    )
