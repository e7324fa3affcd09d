"""An execution as DescribeExecution, ListExecutions and StartSyncExecution tell it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from local_sagemaker.stepfunctions.engine.execution import Execution
from local_sagemaker.stepfunctions.json_text import to_text

Document = dict[str, Any]


def list_item(execution: Execution) -> Document:
    """ExecutionListItem of the API; what has not ended has no stopDate."""
    revision = execution.revision
    with execution.history.lock:  # under which it ends
        said = {
            "executionArn": execution.arn,
            "stateMachineArn": revision.arn,
            "name": execution.name,
            "status": execution.status,
            "startDate": _seconds(execution.start_date),
            "stopDate": _seconds(execution.stop_date),
            "redriveCount": execution.redrive_count,
            "redriveDate": _seconds(execution.redrive_date),
            "stateMachineVersionArn": revision.version_arn,
            "stateMachineAliasArn": revision.alias_arn,
        }
    return _given(said)


def description(execution: Execution, *, data: bool) -> Document:
    """DescribeExecution; without `data` its input and output are not told."""
    with execution.history.lock:
        status, reason = execution.redrive_status
        said = {
            "mapRunArn": execution.map_run_arn,
            "traceHeader": execution.trace_header,
            "redriveStatus": status,
            "redriveStatusReason": reason,
        }
        answer = list_item(execution) | _given(said) | _data(execution, data)
        if execution.status != "SUCCEEDED":
            del answer["outputDetails"]
        return answer


def synchronous(execution: Execution, *, data: bool) -> Document:
    """StartSyncExecution. Billed are 64 MB, and a duration in steps of 100 ms."""
    stop = execution.stop_date or execution.start_date
    steps = int((stop - execution.start_date).total_seconds() * 10) + 1
    answer = {
        "executionArn": execution.arn,
        "stateMachineArn": execution.revision.arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": execution.start_date.timestamp(),
        "stopDate": stop.timestamp(),
        "billingDetails": {
            "billedMemoryUsedInMB": 64,
            "billedDurationInMilliseconds": steps * 100,
        },
        "traceHeader": execution.trace_header,
    }
    return _given(answer) | _data(execution, data)


def _data(execution: Execution, included: bool) -> Document:
    """Input, and output or failure."""
    answer: Document = {"error": execution.error, "cause": execution.cause}
    answer["inputDetails"] = answer["outputDetails"] = {"included": included}
    if included:
        answer["input"] = execution.input
        answer["output"] = to_text(execution.output) if execution.status == "SUCCEEDED" else None
    return _given(answer)


def _seconds(time: datetime | None) -> float | None:
    """Since the epoch."""
    return None if time is None else time.timestamp()


def _given(said: Document) -> Document:
    return {name: value for name, value in said.items() if value is not None}
