"""The run of one step in an execution, as ListPipelineExecutionSteps shows it."""

from __future__ import annotations

import copy
import time
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.definition import Step
from local_sagemaker.sagemaker.resources import failure_reason

ENDED = ("Succeeded", "Failed", "Stopped")


class StepExecution:
    """What is known of a step that has begun; the execution that it belongs to guards it.

    `properties` are what later steps can refer to, `key` what makes another run of the step the
    same (caching), `source` the execution whose results it has taken.
    """

    def __init__(self, step: Step, attempts: int = 1) -> None:
        self.name = step.name
        self.type = step.type
        self.status = "Starting"
        self.properties: Document = {}
        self.key: str | None = None
        self.source: str | None = None
        self._attempts = attempts
        shown = {"StepDisplayName": "DisplayName", "StepDescription": "Description"}
        self._description: dict[str, Any] = {
            "StepName": step.name,
            **{name: step.body[given] for name, given in shown.items() if given in step.body},
            "StartTime": time.time(),
            "Metadata": {},
        }

    @property
    def attempts(self) -> int:
        return self._attempts

    @property
    def end_time(self) -> float:
        return float(self._description["EndTime"])

    @property
    def start_time(self) -> float:
        return float(self._description["StartTime"])

    def count_attempt(self) -> None:
        """Another attempt begins."""
        self._attempts += 1

    def tell(self, **metadata: Document) -> None:
        """Show what the step has made: TrainingJob={"Arn": ...}."""
        self._description["Metadata"] = metadata

    def end(self, status: str, reason: str = "") -> None:
        """End as Succeeded, Failed or Stopped; an empty reason is not shown."""
        assert status in ENDED
        self._description["EndTime"] = time.time()
        if reason:
            self._description["FailureReason"] = failure_reason.cut(reason)
        self.status = status  # last: who looks for cached runs does not wait for the execution

    def take(self, other: StepExecution, execution_arn: str, how: str) -> None:
        """Succeed with the results of the step in another execution.

        `how` is the member that says so, CacheHitResult or SelectiveExecutionResult.
        """
        self.properties, self.key = other.properties, other.key
        self.source = execution_arn
        self._description["Metadata"] = copy.deepcopy(other._description["Metadata"])
        self._description[how] = {"SourcePipelineExecutionArn": execution_arn}
        self.end("Succeeded")

    def describe(self) -> Document:
        return copy.deepcopy(self._description) | {
            "StepStatus": self.status,
            "AttemptCount": self._attempts,
        }
