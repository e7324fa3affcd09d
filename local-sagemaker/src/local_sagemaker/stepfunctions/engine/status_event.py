"""The "Step Functions Execution Status Change" events of standard executions."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from local_sagemaker.stepfunctions.json_text import to_text

if TYPE_CHECKING:
    from local_sagemaker.stepfunctions.engine.execution import Execution


def tell(execution: Execution) -> None:
    """Tell EventBridge the execution's status. Express executions have no such events."""
    if execution.revision.is_express:
        return
    succeeded = execution.status == "SUCCEEDED"
    redrive, reason = execution.redrive_status
    detail = {
        "executionArn": execution.arn,
        "stateMachineArn": execution.revision.arn,
        "name": execution.name,
        "status": execution.status,
        "startDate": _milliseconds(execution.start_date),
        "stopDate": _milliseconds(execution.stop_date),
        "input": execution.input,
        "output": to_text(execution.output) if succeeded else None,
        "stateMachineVersionArn": execution.revision.version_arn,
        "stateMachineAliasArn": execution.revision.alias_arn,
        "redriveCount": execution.redrive_count,
        "redriveDate": _milliseconds(execution.redrive_date),
        "redriveStatus": redrive,
        "redriveStatusReason": reason,
        "inputDetails": {"included": True},
        "outputDetails": {"included": True} if succeeded else None,
        "error": execution.error,
        "cause": execution.cause,
    }
    environment = execution.environment
    environment.settings.emit(environment.region, execution.arn, detail)


def _milliseconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp() * 1000)
