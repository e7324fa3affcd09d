"""Which events of an execution its state machine logs, and how a line says it.

https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.api.history import Event, details_member, without_data

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.execution import Execution

_FATAL = ("ExecutionFailed", "ExecutionAborted", "ExecutionTimedOut")
_ERRORS = ("Failed", "Aborted", "TimedOut")


def is_logged(kind: str, level: str) -> bool:
    """Whether events of this type are logged at this level: the guide's table comes to this."""
    if level == "ERROR":
        return kind.endswith(_ERRORS) or kind == "FailStateEntered"
    return level == "ALL" or (level == "FATAL" and kind in _FATAL)


def line(execution: Execution, event: Event, *, data: bool) -> str:
    """The line; with `data` also what the execution works on."""
    member = details_member(event)
    details = event[member] if member else {}
    entry = {
        "id": str(event["id"]),
        "type": event["type"],
        "details": details if data else without_data(details),
        "previous_event_id": str(event["previousEventId"]),
        "event_timestamp": str(milliseconds(event)),
        "execution_arn": execution.arn,
        "redrive_count": str(execution.redrive_count),
    }
    return json.dumps(entry)


def milliseconds(event: Event) -> int:
    """When it happened, since the epoch."""
    return int(event["timestamp"].timestamp() * 1000)
