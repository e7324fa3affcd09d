"""The "Step Functions Execution Status Change" events of standard executions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from moto.stepfunctions.parser.api import ExecutionStatus, StateMachineType
from moto.stepfunctions.parser.asl.utils.encoding import to_json_str

from local_sagemaker.services.events import bus


def emit(execution: Any, status: ExecutionStatus | None = None) -> None:
    """Tell EventBridge the status of an execution, or one that it is about to have."""
    if execution.sm_type == StateMachineType.EXPRESS:
        return
    now = status or execution.exec_status
    succeeded = now == ExecutionStatus.SUCCEEDED
    detail = {
        "executionArn": execution.exec_arn,
        "stateMachineArn": execution.state_machine_arn,
        "name": execution.name,
        "status": str(getattr(now, "value", now)),
        "startDate": _milliseconds(execution.start_date),
        "stopDate": _milliseconds(execution.stop_date),
        "input": execution.execution_input,
        "output": to_json_str(execution.output, separators=(",", ":")) if succeeded else None,
        "inputDetails": {"included": True},
        "outputDetails": {"included": True} if succeeded else None,
        "error": execution.error,
        "cause": execution.cause,
    }
    bus.publish(
        "aws.states",
        "Step Functions Execution Status Change",
        detail,
        region=execution.region_name,
        resources=[execution.exec_arn],
    )


def _milliseconds(time: datetime | None) -> int | None:
    return None if time is None else int(time.timestamp() * 1000)
