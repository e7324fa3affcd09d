"""An execution of a pipeline, as DescribePipelineExecution shows it."""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.definition import Step
from local_sagemaker.sagemaker.pipelines.events import (
    EXECUTION_EVENT,
    STEP_EVENT,
    execution_detail,
    step_detail,
)
from local_sagemaker.sagemaker.pipelines.execution_members import (
    first_description,
    summary_of,
)
from local_sagemaker.sagemaker.pipelines.pipeline import Pipeline, Version
from local_sagemaker.sagemaker.pipelines.step_execution import StepExecution
from local_sagemaker.sagemaker.region import Region

_CHANGED = (
    "PipelineExecutionDescription",
    "PipelineExecutionDisplayName",
    "ParallelismConfiguration",
)
FAILED = "Step failure: One or multiple steps failed."


class PipelineExecution:
    """State shared between the threads of its steps and the API; every method locks.

    `parameters` are the values of all parameters, `asked` those that the start gave.
    """

    def __init__(
        self,
        region: Region,
        pipeline: Pipeline,
        version: Version,
        identity: str,
        request: Document,
        parameters: Mapping[str, Any],
    ) -> None:
        self.name = identity
        self.arn = f"{pipeline.arn}/execution/{identity}"
        self.pipeline_name, self.pipeline_arn = pipeline.name, pipeline.arn
        self.text = version.text
        self.parameters = dict(parameters)
        self.asked: list[Document] = request.get("PipelineParameters", [])
        self.steps: dict[str, StepExecution] = {}
        self._region = region
        self._lock = threading.RLock()
        self._description = first_description(pipeline, version, self.arn, request)

    @property
    def role(self) -> str:
        """The ARN of the role in which its steps call other services."""
        return str(self._description["RoleArn"])

    @property
    def status(self) -> str:
        with self._lock:
            return str(self._description["PipelineExecutionStatus"])

    @property
    def creation_time(self) -> float:
        return float(self._description["CreationTime"])

    @property
    def most_at_once(self) -> float:
        """How many steps may run at the same time."""
        with self._lock:
            config = self._description.get("ParallelismConfiguration", {})
            return float(config.get("MaxParallelExecutionSteps", "inf"))

    @property
    def selection(self) -> Document | None:
        return self._description.get("SelectiveExecutionConfig")

    def show(self, **members: Any) -> None:
        """Members that are known only when the execution has begun."""
        with self._lock:
            self._description |= members

    def change(self, request: Document) -> None:
        with self._lock:
            self._description |= {name: request[name] for name in _CHANGED if name in request}
            self._description["LastModifiedTime"] = time.time()

    def enter(self, status: str, reason: str = "", *, before: str = "") -> None:
        """Take on a status, and tell EventBridge of it; `before` is the one until now."""
        with self._lock:
            before = before or self.status
            self._description |= {
                "PipelineExecutionStatus": status,
                "LastModifiedTime": time.time(),
            }
            self._description.pop("FailureReason", None)
            if reason:
                self._description["FailureReason"] = reason
            detail = execution_detail(self._description, before)
            self._region.emit(EXECUTION_EVENT, (self.pipeline_arn, self.arn), detail)

    def ask_to_stop(self) -> bool:
        """Enter Stopping, which an execution that has just ended cannot: whether it could."""
        with self._lock:
            if self.status != "Executing":
                return False
            self.enter("Stopping")
            return True

    def begin(self, step: Step) -> StepExecution:
        """A step starts, perhaps again in a retry of the execution."""
        with self._lock:
            earlier = self.steps.pop(step.name, None)
            entry = StepExecution(step, earlier.attempts + 1 if earlier else 1)
            self.steps[step.name] = entry
            self._tell(entry, "")
            return entry

    def end_step(self, entry: StepExecution, status: str, reason: str = "") -> None:
        with self._lock:
            before = entry.status
            entry.end(status, reason)
            self._tell(entry, before)

    def enter_step(self, entry: StepExecution, status: str) -> None:
        """A step is Executing or Stopping."""
        with self._lock:
            before, entry.status = entry.status, status
            self._tell(entry, before)

    def take(self, entry: StepExecution, other: StepExecution, arn: str, how: str) -> None:
        """A step succeeds with the results of another execution; see StepExecution.take."""
        with self._lock:
            before = entry.status
            entry.take(other, arn, how)
            self._tell(entry, before)

    def describe(self) -> Document:
        with self._lock:
            return dict(self._description)

    def summary(self) -> Document:
        with self._lock:
            return summary_of(self._description)

    def step_descriptions(self) -> list[Document]:
        """In the order in which the steps began."""
        with self._lock:
            return [entry.describe() for entry in self.steps.values()]

    def _tell(self, entry: StepExecution, before: str) -> None:
        detail = step_detail(entry.describe(), entry.type, before, self.pipeline_arn, self.arn)
        self._region.emit(STEP_EVENT, (self.pipeline_arn, self.arn), detail)
