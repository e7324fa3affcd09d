"""What the code of a step works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.callbacks import Callbacks
from local_sagemaker.sagemaker.pipelines.definition import Step
from local_sagemaker.sagemaker.pipelines.evaluation import Evaluation
from local_sagemaker.sagemaker.pipelines.execution import PipelineExecution
from local_sagemaker.sagemaker.pipelines.signals import Signals
from local_sagemaker.sagemaker.pipelines.step_execution import StepExecution
from local_sagemaker.sagemaker.region import Region

Call = Callable[[str, Document], Document]
"""Carries out an operation of SageMaker, checked as a client's request is; raises ApiError."""


@dataclass(frozen=True)
class Workplace:
    """What all executions of an account and region share.

    `executions_of` are those of a pipeline by its name, running and ended.
    """

    region: Region
    call: Call
    callbacks: Callbacks
    executions_of: Callable[[str], list[PipelineExecution]]


@dataclass(frozen=True)
class StepRun:
    """One step of one execution, which runs in this thread."""

    work: Workplace
    execution: PipelineExecution
    step: Step
    entry: StepExecution
    evaluation: Evaluation
    signals: Signals

    def arguments(self, **variables: str) -> Document:
        """The step's arguments without expressions; `variables` are of this step alone.

        Raises:
            StepFailed: an expression has no value.
        """
        known = dict(self.evaluation.variables) | variables
        arguments: Document = replace(self.evaluation, variables=known).value(self.step.arguments)
        return arguments
