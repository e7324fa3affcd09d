"""AMT's parameter ranges: the space a strategy searches, and values as AMT writes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from optuna.distributions import (
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)

Distribution = IntDistribution | FloatDistribution | CategoricalDistribution

AUTO_LOGARITHMIC_RATIO = 100  # AMT does not publish its rule; this one is ours


@dataclass(frozen=True)
class ParameterRange:
    """A hyperparameter's range as an Optuna distribution.

    A reversed range is searched in 1 - x, so that a logarithmic scale is fine near x = 1.
    """

    name: str
    distribution: Distribution
    reversed: bool = False

    def text(self, searched: Any) -> str:
        """A searched value as the hyperparameter's string."""
        return str(1.0 - searched if self.reversed else searched)

    def searched(self, text: str) -> Any:
        """The inverse of text(); None if the value is outside of the range."""
        if isinstance(self.distribution, CategoricalDistribution):
            return text if text in self.distribution.choices else None
        try:
            number = float(text)
        except ValueError:
            return None
        value = 1.0 - number if self.reversed else number
        if not self.distribution.low <= value <= self.distribution.high:
            return None
        return round(value) if isinstance(self.distribution, IntDistribution) else value

    @property
    def size(self) -> float:
        """How many different values there are; infinite for a continuous range."""
        if isinstance(self.distribution, CategoricalDistribution):
            return len(self.distribution.choices)
        if isinstance(self.distribution, IntDistribution):
            return self.distribution.high - self.distribution.low + 1
        return 1 if self.distribution.single() else float("inf")


def read_parameter_ranges(ranges: Mapping[str, list[dict[str, Any]]]) -> list[ParameterRange]:
    """The ranges of a HyperParameterTuningJobConfig's ParameterRanges."""
    if ranges.get("AutoParameters"):
        names = ", ".join(parameter["Name"] for parameter in ranges["AutoParameters"])
        raise ValueError(
            f"ParameterRanges.AutoParameters {names}: local AWS does not choose ranges itself; "
            "give them as IntegerParameterRanges, ContinuousParameterRanges or "
            "CategoricalParameterRanges"
        )
    return [
        *map(_integer, ranges.get("IntegerParameterRanges", [])),
        *map(_continuous, ranges.get("ContinuousParameterRanges", [])),
        *map(_categorical, ranges.get("CategoricalParameterRanges", [])),
    ]


def _integer(given: Mapping[str, str]) -> ParameterRange:
    low, high = int(given["MinValue"]), int(given["MaxValue"])
    logarithmic = _is_logarithmic(given, low, high)
    return ParameterRange(given["Name"], IntDistribution(low, high, log=logarithmic))


def _continuous(given: Mapping[str, str]) -> ParameterRange:
    low, high = float(given["MinValue"]), float(given["MaxValue"])
    if given.get("ScalingType") == "ReverseLogarithmic":
        distribution = FloatDistribution(1.0 - high, 1.0 - low, log=True)
        return ParameterRange(given["Name"], distribution, reversed=True)
    logarithmic = _is_logarithmic(given, low, high)
    return ParameterRange(given["Name"], FloatDistribution(low, high, log=logarithmic))


def _categorical(given: Mapping[str, Any]) -> ParameterRange:
    return ParameterRange(given["Name"], CategoricalDistribution(given["Values"]))


def _is_logarithmic(given: Mapping[str, str], low: float, high: float) -> bool:
    scaling = given.get("ScalingType", "Auto")
    return scaling == "Logarithmic" or (
        scaling == "Auto" and low > 0 and high / low >= AUTO_LOGARITHMIC_RATIO
    )
