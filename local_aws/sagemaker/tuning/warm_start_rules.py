"""What "Run a warm start hyperparameter tuning job" asks of the parents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_aws.sagemaker.errors import ValidationException
from local_aws.sagemaker.tuning.definition import Definition, definitions

# The guide also names Failed; the API's own description does not.
USABLE = ("Completed", "Stopped")

Document = dict[str, Any]


def check_warm_start(request: Document, parents: Mapping[str, Document | None]) -> None:
    """`parents` holds each parent's description by name, None for one that does not exist.

    Raises:
        ValidationException: names the parent and what is different.
    """
    (child,) = definitions(request)
    for name, parent in parents.items():
        if parent is None:
            raise ValidationException(
                f"The parent tuning job '{name}' of WarmStartConfig does not exist."
            )
        status = parent["HyperParameterTuningJobStatus"]
        if status not in USABLE:
            raise ValidationException(
                f"The parent tuning job '{name}' is {status}; it must be Completed or Stopped."
            )
        for definition in definitions(parent):
            _check_alike(name, child, definition)


def _check_alike(name: str, child: Definition, parent: Definition) -> None:
    if child.objective != parent.objective:
        raise ValidationException(
            f"The objective {child.objective} differs from that of parent '{name}', "
            f"{parent.objective}."
        )
    mine, theirs = _count(child), _count(parent)
    if mine != theirs:
        raise ValidationException(
            f"The tuning job has {mine} hyperparameters, static and searched; its parent '{name}' "
            f"has {theirs}. Their number must stay equal."
        )
    types = dict(parent.types())
    for hyperparameter, type_ in child.types():
        if types.get(hyperparameter, type_) != type_:
            raise ValidationException(
                f"The hyperparameter '{hyperparameter}' is {type_}; in parent '{name}' it is "
                f"{types[hyperparameter]}."
            )


def _count(definition: Definition) -> int:
    static = set(definition.static) - {"_tuning_objective_metric"}
    return len(static) + len(list(definition.types()))
