"""What CreatePipeline refuses of the references between steps, and to parameters."""

from __future__ import annotations

from graphlib import CycleError, TopologicalSorter

from local_sagemaker.sagemaker.pipelines.definition import Definition, Step
from local_sagemaker.sagemaker.pipelines.expressions import (
    EXECUTION,
    EXPERIMENT,
    PARAMETERS,
    STEPS,
    property_file,
    references,
    step_and_path,
)
from local_sagemaker.sagemaker.pipelines.faults import unparsable
from local_sagemaker.sagemaker.pipelines.property_path import parts_of

VARIABLES = (
    "StartDateTime",
    "CurrentDateTime",
    "PipelineName",
    "PipelineArn",
    "PipelineExecutionId",
    "PipelineExecutionArn",
    "TrainingJobName",
    "ProcessingJobName",
)
"""Those of the SDK, sagemaker.workflow.execution_variables."""

_OF_A_STEP = ("Execution.TrainingJobName", "Execution.ProcessingJobName")


def check_dependencies(definition: Definition) -> None:
    """Refuse references to what is not there, and steps that wait for each other.

    Raises:
        ValidationException: names the step and the reference.
    """
    for reference in references(definition.experiment):
        _check_reference(definition, "PipelineExperimentConfig", reference)
        if not reference.startswith((PARAMETERS, EXECUTION)) or reference in _OF_A_STEP:
            raise unparsable(
                f"PipelineExperimentConfig refers to '{reference}', which has no value when an "
                "execution begins."
            )
    for step in definition.steps.values():
        for reference in references(step.body):
            _check_reference(definition, f"Step '{step.name}'", reference)
        for name in step.waits_for:
            _check_dependency(definition, step, name)
    try:
        graph = {step.name: step.waits_for for step in definition.steps.values()}
        TopologicalSorter(graph).prepare()
    except CycleError as cycle:
        around = " -> ".join(cycle.args[1])
        raise unparsable(f"The steps depend on each other in a cycle: {around}.") from cycle


def _check_dependency(definition: Definition, step: Step, name: str) -> None:
    other = definition.steps.get(name)
    if other is None:
        raise unparsable(f"Step '{step.name}' depends on '{name}', which is no step.")
    if other.type == "Fail":  # AWS's words (its SDK's tests/integ, test_fail_steps.py)
        raise unparsable(f"{step.name} can not depends on {name}.")


def _check_reference(definition: Definition, where: str, reference: str) -> None:
    names = {each["Name"] for each in definition.parameters}
    if reference.startswith(PARAMETERS):
        known = reference.removeprefix(PARAMETERS) in names
    elif reference.startswith(EXECUTION):
        known = reference.removeprefix(EXECUTION) in VARIABLES
    elif reference.startswith(EXPERIMENT):
        known = reference.removeprefix(EXPERIMENT) in definition.experiment
    else:
        known = reference.startswith(STEPS) and _leads_on(definition, reference)
    if not known:
        raise unparsable(f"{where} refers to '{reference}', which the pipeline does not have.")


def _leads_on(definition: Definition, reference: str) -> bool:
    """Whether there is the step, and a path below it, or one of its property files."""
    name, path = step_and_path(reference)
    step = definition.steps.get(name)
    if step is None:
        return False
    if path.startswith("PropertyFiles."):
        files = step.body.get("PropertyFiles", [])
        return property_file(reference)[1] in [each["PropertyFileName"] for each in files]
    try:
        return bool(parts_of(path))
    except ValueError:
        return False
