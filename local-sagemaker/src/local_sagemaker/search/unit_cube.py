"""Optuna's distributions as coordinates between 0 and 1, which is what a Gaussian process sees."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

Array = NDArray[np.float64]


class Axis(Protocol):
    """The coordinates of one hyperparameter."""

    width: int

    def encode(self, values: Sequence[Any]) -> Array:
        """A row of coordinates for each value."""

    def decode(self, coordinates: Array) -> Any: ...

    def snap(self, coordinates: Array) -> Array:
        """The nearest points that stand for a value, row by row."""


class NumberAxis:
    """One coordinate, logarithmic if the distribution is; each integer has an equal share."""

    width = 1

    def __init__(self, distribution: IntDistribution | FloatDistribution) -> None:
        self._distribution = distribution
        self._margin = 0.5 if isinstance(distribution, IntDistribution) else 0.0
        self._low = self._scaled(distribution.low - self._margin)
        self._high = self._scaled(distribution.high + self._margin)

    def encode(self, values: Sequence[Any]) -> Array:
        return self._coordinates(np.array(values, dtype=float)[:, np.newaxis])

    def decode(self, coordinates: Array) -> Any:
        value = self._values(coordinates)[0]
        return round(value) if self._margin else float(value)

    def snap(self, coordinates: Array) -> Array:
        if not self._margin:
            return coordinates
        return self._coordinates(self._values(coordinates))

    def _values(self, coordinates: Array) -> Array:
        scaled = self._low + coordinates * (self._high - self._low)
        values = np.exp(scaled) if self._distribution.log else scaled
        whole = np.rint(values) if self._margin else values
        return np.asarray(np.clip(whole, self._distribution.low, self._distribution.high))

    def _coordinates(self, values: Array) -> Array:
        return np.asarray((self._scaled(values) - self._low) / (self._high - self._low))

    def _scaled(self, values: Any) -> Any:
        return np.log(values) if self._distribution.log else values


class CategoryAxis:
    """A coordinate for each choice; the highest one is chosen."""

    def __init__(self, distribution: CategoricalDistribution) -> None:
        self._choices = distribution.choices
        self.width = len(self._choices)

    def encode(self, values: Sequence[Any]) -> Array:
        return np.eye(self.width)[[self._choices.index(value) for value in values]]

    def decode(self, coordinates: Array) -> Any:
        return self._choices[int(np.argmax(coordinates))]

    def snap(self, coordinates: Array) -> Array:
        return np.asarray(np.eye(self.width)[np.argmax(coordinates, axis=1)])


class UnitCube:
    """All hyperparameters of a search space; a point is a row of coordinates."""

    def __init__(self, space: Mapping[str, BaseDistribution]) -> None:
        self._axes = {name: _axis(distribution) for name, distribution in space.items()}
        self._ends = np.cumsum([axis.width for axis in self._axes.values()])

    @property
    def dimensions(self) -> int:
        return int(self._ends[-1])

    def encode(self, settings: Sequence[Mapping[str, Any]]) -> Array:
        columns = [
            axis.encode([values[name] for values in settings]) for name, axis in self._axes.items()
        ]
        return np.hstack(columns)

    def decode(self, point: Array) -> dict[str, Any]:
        parts = np.split(point, self._ends[:-1])
        return {
            name: axis.decode(part)
            for (name, axis), part in zip(self._axes.items(), parts, strict=True)
        }

    def snap(self, points: Array) -> Array:
        parts = np.split(points, self._ends[:-1], axis=1)
        snapped = [axis.snap(part) for axis, part in zip(self._axes.values(), parts, strict=True)]
        return np.hstack(snapped)


def _axis(distribution: BaseDistribution) -> Axis:
    if isinstance(distribution, CategoricalDistribution):
        return CategoryAxis(distribution)
    if isinstance(distribution, IntDistribution | FloatDistribution):
        return NumberAxis(distribution)
    raise TypeError(f"no coordinates for {distribution!r}")
