"""Reads the hyperparameters of a job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner.hyperparameter_table import (
    AUTO,
    DEFAULTS,
    LOSSES,
    TABLE,
)
from local_sagemaker.containers.linear_learner.metric_names import MULTICLASS


def read_hyperparameters(texts: Mapping[str, str]) -> dict[str, Any]:
    """The value of every hyperparameter; numbers as numbers, words as they are.

    Raises UserError for the first one that is missing, unknown, unreadable, out of range or at
    odds with another one.
    """
    if "predictor_type" not in texts:
        raise UserError(
            "No value(s) were specified for 'predictor_type' which are required hyperparameter(s)"
        )
    for name in texts:
        if name not in TABLE:
            raise UserError(f"Additional hyperparameters are not allowed ({name!r} was unexpected)")
    values = {name: TABLE[name].read(text) for name, text in {**DEFAULTS, **texts}.items()}
    for name, value in values.items():
        TABLE[name].check(value)
    _check_classes(values)
    return values | {"loss": _loss(values)}


def _check_classes(values: Mapping[str, Any]) -> None:
    """num_classes is ignored but for a multiclass classifier."""
    if values["predictor_type"] == MULTICLASS and values["num_classes"] < 3:
        raise UserError(
            f"Hyperparameter num_classes: {values['num_classes']} is not in [3, 1000000], which "
            "predictor_type multiclass_classifier needs"
        )


def _loss(values: Mapping[str, Any]) -> str:
    losses, loss = LOSSES[values["predictor_type"]], str(values["loss"])
    if loss == AUTO:
        return losses[0]
    if loss not in losses:
        raise UserError(
            f"Hyperparameter loss: {loss} does not go with predictor_type "
            f"{values['predictor_type']}, which takes {', '.join([AUTO, *losses])}"
        )
    return loss
