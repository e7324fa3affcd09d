"""The expressions of a definition: values that are known only when a step begins.

`{"Get": "Parameters.Name"}` refers to a parameter, a variable of the execution or a property of a
step; `Std:Join` makes text of several values; `Std:JsonGet` reads a value out of a JSON file.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

_FUNCTIONS = frozenset(("Get", "Std:Join", "Std:JsonGet"))
STEPS = "Steps."
PARAMETERS = "Parameters."
EXECUTION = "Execution."
EXPERIMENT = "PipelineExperimentConfig."
_FILES = ".PropertyFiles."


def is_expression(value: Any) -> bool:
    """Whether a value stands for another one."""
    return isinstance(value, dict) and len(value) == 1 and next(iter(value)) in _FUNCTIONS


def references(value: Any) -> Iterator[str]:
    """What the expressions in a value refer to, however deep: `Steps.Train.TrainingJobName`."""
    if isinstance(value, dict):
        if set(value) == {"Get"} and isinstance(value["Get"], str):
            yield value["Get"]
        else:
            for item in value.values():
                yield from references(item)
    elif isinstance(value, list):
        for item in value:
            yield from references(item)


def step_and_path(reference: str) -> tuple[str, str]:
    """The step of `Steps.Train.ModelArtifacts.S3ModelArtifacts`, and the path below it."""
    step, _, path = reference.removeprefix(STEPS).partition(".")
    return step, path


def property_file(reference: str) -> tuple[str, str]:
    """The step and the property file of `Steps.Evaluate.PropertyFiles.Report`."""
    step, _, name = reference.removeprefix(STEPS).partition(_FILES)
    return step, name


def as_text(value: Any) -> str:
    """A value as Join writes it: True is true, as in JSON."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)


def as_time(moment: datetime) -> str:
    """A moment in UTC as the variables of an execution have it: 2026-11-30T10:15:00.000Z."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
