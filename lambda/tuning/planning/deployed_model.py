"""The model that an execution names: its file's fields, its alarms and its role are the run's.

A model is deployed as a schedule, whose input is the model's document with its name in `ModelName`:
that the schedule starts and what `{"ModelName": "bank"}` starts is the same run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol

from pydantic import TypeAdapter, ValidationError

from tuning.environment import PlanningEnvironment
from tuning.errors import Fault, InvalidInput
from tuning.execution_input.definitions import beneath
from tuning.execution_input.execution_input import ModelName
from tuning.execution_input.lay_over import lay_over
from tuning.execution_input.nulls import given
from tuning.names import endpoint_alarms

MODEL, ROLE = "ModelName", "TrainingRoleArn"


class ModelReader(Protocol):
    """What is deployed, see tuning.aws.models."""

    def read_model(self, prefix: str, name: str) -> dict[str, Any] | None: ...


def environment_of(
    document: Any, environment: PlanningEnvironment, models: ModelReader
) -> PlanningEnvironment:
    """What PlanTuning knows of the model that the document names; without one, of the stack.

    Raises:
        InvalidInput: no such model is deployed, or the document names a role of its own.
    """
    said = document if isinstance(document, Mapping) else {}
    model = _deployed(said.get(MODEL), environment.name_prefix, models)
    role = said.get(ROLE)
    if role is not None and role != model.get(ROLE):
        rule = "The file of a model gives its role, and only to runs of the model."
        raise InvalidInput(
            [Fault(ROLE, role, rule, "Leave it out, or write it into the file and deploy.")]
        )
    return environment_of_model(model, environment) if model else environment


def environment_of_model(
    model: Mapping[str, Any], environment: PlanningEnvironment
) -> PlanningEnvironment:
    """The same for a model by its document, which is laid over the stack's defaults."""
    return replace(
        environment,
        default_input=input_of_model(environment.default_input, model),
        alarms=endpoint_alarms(environment.name_prefix, model[MODEL])
        if environment.models_have_alarms
        else (),
        training_role_arn=model.get(ROLE) or environment.training_role_arn,
    )


def input_of_model(defaults: Mapping[str, Any], model: Mapping[str, Any]) -> dict[str, Any]:
    """The input that `{}` stands for in a run of a model."""
    return lay_over(beneath(defaults, model), given(model), {})


def _is_name(name: Any) -> bool:
    try:
        TypeAdapter(ModelName).validate_python(name)
    except ValidationError:
        return False
    return True


def _deployed(name: Any, prefix: str, models: ModelReader) -> dict[str, Any]:
    """Empty for what is no name, which is refused when the fields are read."""
    if not _is_name(name):
        return {}
    model = models.read_model(prefix, name)
    if model is None:
        rule = f"No model of this name is deployed under {prefix}."
        fix = f"Correct it, or add models/{name}.yaml and run `retune deploy`."
        raise InvalidInput([Fault(MODEL, name, rule, fix)])
    return model
