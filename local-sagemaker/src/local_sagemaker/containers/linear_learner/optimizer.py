"""Steps down the slope of the loss, for all models at once: SGD, Adam, RMSProp."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from local_sagemaker.containers.linear_learner.losses import Array

# The values of `auto`. Those of the learning rate's schedule are in the container's own log.
AUTO = {
    "beta_1": 0.9,
    "beta_2": 0.999,
    "momentum": 0.9,
    "lr_scheduler_step": 100,
    "lr_scheduler_factor": 0.99,
    "lr_scheduler_minimum_lr": 1e-5,
    "bias_lr_mult": 1.0,
    "bias_wd_mult": 0.0,
}
EPSILON = 1e-8


def setting(values: Mapping[str, Any], name: str) -> float:
    """A hyperparameter as a number, also when it is `auto`."""
    return float(AUTO[name] if values[name] == "auto" else values[name])


class LearningRateSchedule:
    """The learning rate, which falls by a factor every few steps."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._falls = values["use_lr_scheduler"] == "true"
        self._every = setting(values, "lr_scheduler_step")
        self._factor = setting(values, "lr_scheduler_factor")
        self._least = setting(values, "lr_scheduler_minimum_lr")

    def rate(self, first: Array, step: int) -> Array:
        """The rate at a step, counted from 1, of models that began with `first`."""
        if not self._falls:
            return first
        fallen = first * self._factor ** ((step - 1) // self._every)
        return np.asarray(np.maximum(fallen, np.minimum(first, self._least)))


class Optimizer:
    """Moves one array of parameters, whose last two axes are (model, class)."""

    def __init__(self, values: Mapping[str, Any], shape: tuple[int, ...]) -> None:
        name = values["optimizer"]
        self._direction = {"sgd": self._sgd, "rmsprop": self._rmsprop}.get(name, self._adam)
        self._first, self._second = setting(values, "beta_1"), setting(values, "beta_2")
        self._momentum = setting(values, "momentum")
        self._mean, self._square = np.zeros(shape), np.zeros(shape)
        self._steps = 0

    def step(self, parameters: Array, slope: Array, *, rate: Array, wd: Array, l1: Array) -> Array:
        """The parameters after a step.

        L1 pulls each parameter towards 0 and holds it there as long as the slope of the loss is
        not steeper than its pull, so that features without use get no weight.
        """
        self._steps += 1
        smooth = slope + wd * parameters
        pull = l1 * np.where(parameters == 0, -np.sign(smooth), np.sign(parameters))
        held = (parameters == 0) & (np.abs(smooth) <= l1)
        moved = parameters - rate * self._direction(np.where(held, 0.0, smooth + pull))
        crossed = (l1 > 0) & (moved * parameters < 0)
        return np.where(held | crossed, 0.0, moved)

    def _sgd(self, slope: Array) -> Array:
        self._mean = self._momentum * self._mean + slope
        return self._mean

    def _adam(self, slope: Array) -> Array:
        self._mean += (1.0 - self._first) * (slope - self._mean)
        self._square += (1.0 - self._second) * (slope**2 - self._square)
        mean = self._mean / (1.0 - self._first**self._steps) if self._first < 1 else self._mean
        square = (
            self._square / (1.0 - self._second**self._steps) if self._second < 1 else self._square
        )
        return np.asarray(mean / (np.sqrt(square) + EPSILON))

    def _rmsprop(self, slope: Array) -> Array:
        self._square += (1.0 - self._first) * (slope**2 - self._square)
        return np.asarray(slope / (np.sqrt(self._square) + EPSILON))
