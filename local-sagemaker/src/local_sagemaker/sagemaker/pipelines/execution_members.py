"""What DescribePipelineExecution and ListPipelineExecutions show of an execution."""

from __future__ import annotations

import time

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.pipeline import Pipeline, Version

_GIVEN = (
    "ParallelismConfiguration",
    "PipelineExecutionDescription",
    "PipelineExecutionDisplayName",
    "RoleArn",
    "SelectiveExecutionConfig",
)
_SUMMARY = (
    "PipelineExecutionArn",
    "PipelineExecutionStatus",
    "PipelineExecutionDescription",
    "PipelineExecutionDisplayName",
)


def first_description(
    pipeline: Pipeline, version: Version, arn: str, request: Document
) -> Document:
    """That of an execution which begins now, as a start asks for it."""
    now = time.time()
    shown: Document = {
        "PipelineArn": pipeline.arn,
        "PipelineExecutionArn": arn,
        "PipelineExecutionStatus": "Executing",
        "PipelineVersionId": version.number,
        "CreationTime": now,
        "LastModifiedTime": now,
        "PipelineExecutionDisplayName": f"execution-{int(now * 1000)}",
        "RoleArn": pipeline.role,
    }
    if pipeline.parallelism:
        shown["ParallelismConfiguration"] = pipeline.parallelism
    return shown | {name: request[name] for name in _GIVEN if name in request}


def summary_of(description: Document) -> Document:
    """An execution in a list."""
    shown = {each: description[each] for each in _SUMMARY if each in description}
    shown["StartTime"] = description["CreationTime"]
    if "FailureReason" in description:
        shown["PipelineExecutionFailureReason"] = description["FailureReason"]
    return shown
