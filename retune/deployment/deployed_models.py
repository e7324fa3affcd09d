"""A model that is deployed, by its name."""

from typing import Any

from pydantic import TypeAdapter, ValidationError
from tuning.aws import models
from tuning.execution_input.execution_input import ModelName

from retune.errors import InputError
from retune.stack import Stack


def deployed_model(stack: Stack, name: str) -> dict[str, Any]:
    """The document that a run of the model is of.

    Raises:
        InputError: it is no name of a model, or none of this name is deployed.
    """
    if not is_model_name(name):
        raise InputError(
            f"{name!r} is no name of a model, such as bank. A file is deployed with `retune "
            "deploy`, or given as --input if it is an execution input."
        )
    model = models.read_model(stack.name_prefix, name)
    if model is None:
        raise InputError(
            f"No model {name!r} is deployed in the stack {stack.name!r}. Correct it, or add "
            f"models/{name}.yaml and run `retune deploy`."
        )
    return model


def is_model_name(name: str) -> bool:
    try:
        TypeAdapter(ModelName).validate_python(name)
    except ValidationError:
        return False
    return True
