"""The events of executions and their steps (EventBridge reference, "Amazon SageMaker AI events").

Unlike those of jobs, their members begin in lower case, and times are ISO 8601 text.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_sagemaker.sagemaker.document import Document

EXECUTION_EVENT = "SageMaker Model Building Pipeline Execution Status Change"
STEP_EVENT = "SageMaker Model Building Pipeline Execution Step Status Change"
_ENDED = ("Succeeded", "Failed", "Stopped")


def execution_detail(description: Document, before: str) -> Document:
    """Of an execution whose status was `before`."""
    status = description["PipelineExecutionStatus"]
    detail = {
        "pipelineExecutionDisplayName": description["PipelineExecutionDisplayName"],
        "currentPipelineExecutionStatus": status,
        "previousPipelineExecutionStatus": before,
        "executionStartTime": _iso(description["CreationTime"]),
        "pipelineExecutionDescription": description.get("PipelineExecutionDescription"),
        "pipelineArn": description["PipelineArn"],
        "pipelineExecutionArn": description["PipelineExecutionArn"],
    }
    if status in _ENDED:
        detail["executionEndTime"] = _iso(description["LastModifiedTime"])
    return {name: value for name, value in detail.items() if value is not None}


def step_detail(
    description: Document, step_type: str, before: str, pipeline_arn: str, execution_arn: str
) -> Document:
    """Of a step whose status was `before`; none if it has just begun."""
    detail = {
        "metadata": _in_lower_case(description["Metadata"]),
        "stepStartTime": _iso(description["StartTime"]),
        "stepEndTime": _iso(description["EndTime"]) if "EndTime" in description else None,
        "stepName": description["StepName"],
        "stepType": step_type,
        "previousStepStatus": before or None,
        "currentStepStatus": description["StepStatus"],
        "cacheHitResult": _in_lower_case(description.get("CacheHitResult")),
        "failureReason": description.get("FailureReason"),
        "pipelineArn": pipeline_arn,
        "pipelineExecutionArn": execution_arn,
    }
    return {name: value for name, value in detail.items() if value is not None}


def _in_lower_case(value: Any) -> Any:
    """The members of a structure as events spell them: processingJob, arn."""
    if isinstance(value, dict):
        return {name[0].lower() + name[1:]: _in_lower_case(item) for name, item in value.items()}
    return [_in_lower_case(item) for item in value] if isinstance(value, list) else value


def _iso(time: float) -> str:
    return f"{datetime.fromtimestamp(time, UTC):%Y-%m-%dT%H:%M:%SZ}"
