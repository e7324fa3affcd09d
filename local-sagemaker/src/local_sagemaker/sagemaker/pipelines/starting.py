"""What an execution begins with: the values of its parameters, its selection, its variables."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.definition import Definition
from local_sagemaker.sagemaker.pipelines.evaluation import Evaluation
from local_sagemaker.sagemaker.pipelines.execution import PipelineExecution
from local_sagemaker.sagemaker.pipelines.expressions import as_time
from local_sagemaker.sagemaker.pipelines.parameters import values_of
from local_sagemaker.sagemaker.pipelines.runner import Runner
from local_sagemaker.sagemaker.pipelines.selection import check_selection
from local_sagemaker.sagemaker.pipelines.step_run import Workplace


def checked_parameters(text: str, request: Document, source: PipelineExecution | None) -> Document:
    """The values of all parameters in an execution that is started so.

    Raises:
        ValidationException: parameters or a selection do not go with the definition.
    """
    definition = Definition.read(text)
    config = request.get("SelectiveExecutionConfig")
    if config is not None:
        check_selection(definition, config, source)
    return values_of(definition.parameters, request.get("PipelineParameters", []))


def runner_of(
    work: Workplace, execution: PipelineExecution, source: PipelineExecution | None
) -> Runner:
    """What runs the execution; its experiment is known from now on."""
    definition = Definition.read(execution.text)
    evaluation = Evaluation(
        definition,
        execution.parameters,
        _variables(execution),
        lambda step: execution.steps[step].properties,
        work.region.s3,
    )
    if definition.experiment:
        # In lower case, as executions in AWS have been seen to have it.
        named: dict[str, Any] = evaluation.value(definition.experiment)
        config = {name: str(value).lower() for name, value in named.items()}
        execution.show(PipelineExperimentConfig=config)
    return Runner(work, execution, definition, evaluation, source)


def _variables(execution: PipelineExecution) -> dict[str, str]:
    begun = datetime.fromtimestamp(execution.creation_time, UTC)
    return {
        "StartDateTime": as_time(begun),
        "PipelineName": execution.pipeline_name,
        "PipelineArn": execution.pipeline_arn,
        "PipelineExecutionId": execution.name,
        "PipelineExecutionArn": execution.arn,
    }
