"""A pipeline's definition: its parameters, and its steps with what each waits for."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from local_sagemaker.protocol.json_service import given
from local_sagemaker.sagemaker.document import Document
from local_sagemaker.sagemaker.pipelines.expressions import STEPS, references, step_and_path
from local_sagemaker.sagemaker.pipelines.faults import unparsable
from local_sagemaker.sagemaker.pipelines.structure import check_structure

BRANCHES = {"IfSteps": True, "ElseSteps": False}


@dataclass(frozen=True)
class Gate:
    """A branch of a Condition step: what is in it runs if the step has this outcome."""

    step: str
    outcome: bool


@dataclass(frozen=True)
class Step:
    """A step; `body` is as the definition has it, for a Condition step without its branches."""

    body: Document
    gate: Gate | None = None

    @property
    def name(self) -> str:
        return str(self.body["Name"])

    @property
    def type(self) -> str:
        return str(self.body["Type"])

    @property
    def arguments(self) -> Document:
        return dict(self.body.get("Arguments", {}))

    @cached_property
    def waits_for(self) -> frozenset[str]:
        """The steps that must have succeeded before."""
        named = set(self.body.get("DependsOn", []))
        for reference in references(self.body):
            if reference.startswith(STEPS):
                named.add(step_and_path(reference)[0])
        if self.gate is not None:
            named.add(self.gate.step)
        return frozenset(named)


@dataclass(frozen=True)
class Definition:
    """`steps` are all, those in the branches of Condition steps too, by name."""

    parameters: list[Document]
    experiment: Document
    steps: Mapping[str, Step]

    @classmethod
    def read(cls, text: str) -> Definition:
        """The definition in this JSON; dependencies.py checks what its steps refer to.

        Raises:
            ValidationException: it is none.
        """
        content = _content(text)
        check_structure(content)
        steps: dict[str, Step] = {}
        for step in _flat(content["Steps"], None):
            if step.name in steps:
                raise unparsable(f"Step names must be unique; '{step.name}' is given twice.")
            steps[step.name] = step
        experiment = content.get("PipelineExperimentConfig", {})
        return cls(content.get("Parameters", []), experiment, steps)


def _content(text: str) -> Any:
    """Members that are null are not given: the SDK v3 writes those that it does not set."""
    try:
        return given(json.loads(text))
    except ValueError as fault:
        raise unparsable(f"It is not JSON: {fault}.") from fault


def _flat(bodies: list[Any], gate: Gate | None) -> Iterator[Step]:
    for body in bodies:
        if body["Type"] != "Condition":
            yield Step(body, gate)
            continue
        arguments = body["Arguments"]
        alone = {name: value for name, value in arguments.items() if name not in BRANCHES}
        yield Step(body | {"Arguments": alone}, gate)
        for branch, outcome in BRANCHES.items():
            yield from _flat(arguments.get(branch, []), Gate(body["Name"], outcome))
