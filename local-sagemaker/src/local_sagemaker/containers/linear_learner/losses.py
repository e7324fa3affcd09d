"""Loss functions: what training makes small, and its slope.

Outputs are those of several models at once, with the axes (row, model, class); a regressor and a
binary classifier have one class. Labels have the axes (row, 1, class): 0 or 1 for classifiers,
one of them 1 for several classes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Function = Callable[[Array, Array], Array]


@dataclass(frozen=True)
class Loss:
    """`of` gives the loss of each output, `slope` its derivative by the output."""

    objective: str  # how the log calls it
    of: Function
    slope: Function

    def of_rows(self, outputs: Array, labels: Array) -> Array:
        """The loss of each row and model."""
        return np.asarray(self.of(outputs, labels).sum(axis=2))


def loss_function(values: Mapping[str, Any]) -> Loss:
    """The loss that the hyperparameters name."""
    name = values["loss"]
    if name in ("logistic", "hinge_loss", "softmax_loss"):
        return CLASSIFICATION_LOSSES[name](values)
    objective = "mse_objective" if name == "squared_loss" else f"{name}_objective"
    of, slope = REGRESSION_LOSSES[name](values)
    return Loss(
        objective,
        lambda outputs, labels: of(outputs - labels),
        lambda outputs, labels: slope(outputs - labels),
    )


def sigmoid(outputs: Array) -> Array:
    """Probabilities; without overflow for outputs of any size."""
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * outputs)))


def softmax(outputs: Array) -> Array:
    """Probabilities of the classes, which are the last axis."""
    powers = np.exp(outputs - outputs.max(axis=-1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=-1, keepdims=True))


def _logistic(_: Mapping[str, Any]) -> Loss:
    return Loss(
        "binary_classification_cross_entropy_objective",
        lambda outputs, labels: np.logaddexp(0.0, (1.0 - 2.0 * labels) * outputs),
        lambda outputs, labels: sigmoid(outputs) - labels,
    )


def _hinge(values: Mapping[str, Any]) -> Loss:
    margin = values["margin"]

    def missing(outputs: Array, labels: Array) -> Array:
        return np.asarray(margin + (1.0 - 2.0 * labels) * outputs)

    return Loss(
        "hinge_loss_objective",
        lambda outputs, labels: np.maximum(0.0, missing(outputs, labels)),
        lambda outputs, labels: (1.0 - 2.0 * labels) * (missing(outputs, labels) > 0),
    )


def _softmax(_: Mapping[str, Any]) -> Loss:
    def cross_entropy(outputs: Array, labels: Array) -> Array:
        shifted = outputs - outputs.max(axis=2, keepdims=True)
        total = np.log(np.exp(shifted).sum(axis=2, keepdims=True))
        return np.asarray((total - shifted) * labels)

    return Loss(
        "multiclass_cross_entropy_objective",
        cross_entropy,
        lambda outputs, labels: softmax(outputs) - labels,
    )


CLASSIFICATION_LOSSES = {"logistic": _logistic, "hinge_loss": _hinge, "softmax_loss": _softmax}

# Functions of the error, output - label.
ErrorLoss = tuple[Callable[[Array], Array], Callable[[Array], Array]]


def _squared(_: Mapping[str, Any]) -> ErrorLoss:
    return lambda error: error**2, lambda error: 2.0 * error


def _absolute(_: Mapping[str, Any]) -> ErrorLoss:
    return np.abs, np.sign


def _insensitive_squared(values: Mapping[str, Any]) -> ErrorLoss:
    free = values["loss_insensitivity"]

    def beyond(error: Array) -> Array:
        return np.asarray(np.sign(error) * np.maximum(0.0, np.abs(error) - free))

    return lambda error: beyond(error) ** 2, lambda error: 2.0 * beyond(error)


def _insensitive_absolute(values: Mapping[str, Any]) -> ErrorLoss:
    free = values["loss_insensitivity"]
    return (
        lambda error: np.maximum(0.0, np.abs(error) - free),
        lambda error: np.sign(error) * (np.abs(error) > free),
    )


def _quantile(values: Mapping[str, Any]) -> ErrorLoss:
    quantile = values["quantile"]
    return (
        lambda error: np.maximum(-quantile * error, (1.0 - quantile) * error),
        lambda error: np.where(error < 0, -quantile, 1.0 - quantile),
    )


def _huber(values: Mapping[str, Any]) -> ErrorLoss:
    delta = values["huber_delta"]

    def of(error: Array) -> Array:
        size = np.abs(error)
        return np.where(size <= delta, 0.5 * error**2, delta * (size - 0.5 * delta))

    return of, lambda error: np.clip(error, -delta, delta)


REGRESSION_LOSSES: dict[str, Callable[[Mapping[str, Any]], ErrorLoss]] = {
    "squared_loss": _squared,
    "absolute_loss": _absolute,
    "eps_insensitive_squared_loss": _insensitive_squared,
    "eps_insensitive_absolute_loss": _insensitive_absolute,
    "quantile_loss": _quantile,
    "huber_loss": _huber,
}
