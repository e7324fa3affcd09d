"""The executions of one account and region, by their ARNs."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ResourceNotFound, ValidationException
from local_sagemaker.sagemaker.pipelines.execution import PipelineExecution
from local_sagemaker.sagemaker.region import Region

ARN = "PipelineExecutionArn"


class ExecutionTable:
    """Every method locks."""

    def __init__(self, region: Region) -> None:
        self._lock = threading.Lock()
        self._entries: dict[str, PipelineExecution] = {}
        region.tables["PipelineExecution"] = self._entries

    def add(self, execution: PipelineExecution) -> None:
        with self._lock:
            self._entries[execution.arn] = execution

    def remove(self, executions: Iterable[PipelineExecution]) -> None:
        with self._lock:
            for execution in executions:
                self._entries.pop(execution.arn, None)

    def find(self, arn: str) -> PipelineExecution:
        """Raises ResourceNotFound."""
        with self._lock:
            execution = self._entries.get(arn)
        if execution is None:
            raise ResourceNotFound(f"Pipeline execution with ARN '{arn}' does not exist.")
        return execution

    def asked(self, request: Document) -> PipelineExecution:
        """The execution that a request names; raises as find does."""
        if ARN not in request:
            raise ValidationException(f"{ARN} is required.")
        return self.find(request[ARN])

    def all(self) -> list[PipelineExecution]:
        with self._lock:
            return list(self._entries.values())

    def of(self, pipeline_name: str) -> list[PipelineExecution]:
        """The executions of a pipeline, running and ended."""
        return [each for each in self.all() if each.pipeline_name == pipeline_name]
