"""Selective execution: some steps run, and those before them are taken from another execution.

Developer guide, "Selective execution of pipeline steps".
"""

from __future__ import annotations

from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.errors import ValidationException
from local_sagemaker.sagemaker.pipelines.definition import Definition
from local_sagemaker.sagemaker.pipelines.execution import PipelineExecution


def selected(definition: Definition, config: Document | None) -> set[str]:
    """The steps that run: all without a config."""
    if config is None:
        return set(definition.steps)
    return {each["StepName"] for each in config["SelectedSteps"]}


def taken(definition: Definition, config: Document | None) -> list[str]:
    """The steps that do not run and that one of the selected steps waits for."""
    chosen = selected(definition, config)
    needed = {name for step in chosen for name in definition.steps[step].waits_for}
    return [name for name in definition.steps if name in needed - chosen]


def check_selection(
    definition: Definition, config: Document, source: PipelineExecution | None
) -> None:
    """Refuse a selection that cannot run; `source` is the execution that it names.

    Raises:
        ValidationException: names the steps; without a source in the words of AWS
            (aws/sagemaker-python-sdk#4444).
    """
    chosen = selected(definition, config)
    for name in sorted(chosen):
        if name not in definition.steps:
            raise ValidationException(f"SelectedSteps: the pipeline has no step '{name}'.")
    _check_between(definition, chosen)
    needed = taken(definition, config)
    if needed and source is None:
        raise ValidationException(
            f"Invalid SourcePipelineExecutionArn: null. The selected steps "
            f"[{', '.join(sorted(chosen))}] have dependencies on [{', '.join(needed)}]"
        )
    for name in needed:
        entry = source.steps.get(name) if source else None
        if source and (entry is None or entry.status != "Succeeded"):
            raise ValidationException(
                f"Invalid SourcePipelineExecutionArn: {source.arn}. Step '{name}' has not "
                "succeeded in it."
            )


def _check_between(definition: Definition, chosen: set[str]) -> None:
    """All steps between two selected ones are selected (API reference, SelectedSteps)."""
    for name in definition.steps:
        if name not in chosen and _waits_for(definition, name) & chosen:
            after = [step for step in chosen if name in _waits_for(definition, step)]
            if after:
                raise ValidationException(
                    f"SelectedSteps: step '{name}' is between selected steps: select it too."
                )


def _waits_for(definition: Definition, name: str) -> set[str]:
    """All steps before this one."""
    found: set[str] = set()
    open_ends = [name]
    while open_ends:
        for before in definition.steps[open_ends.pop()].waits_for - found:
            found.add(before)
            open_ends.append(before)
    return found
