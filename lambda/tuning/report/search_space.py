"""The ranges that a tuning job searched, as HyperParameterTuningJobConfig.ParameterRanges."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

_ABOVE, _BELOW = {"Logarithmic": 0.0}, {"ReverseLogarithmic": 1.0}  # where they have no place


@dataclass(frozen=True)
class NumericRange:
    """An integer or continuous range; `scaling` is SageMaker's ScalingType.

    Auto is drawn as Linear: AMT begins with that, and does not say whether it changes. So is a
    range that has no place in its scaling, which SageMaker refuses: one that includes those of
    several tuning jobs or definitions may reach further than each of them.
    """

    name: str
    low: float
    high: float
    is_integer: bool
    scaling: str

    def __post_init__(self) -> None:
        if self.low <= _ABOVE.get(self.scaling, -math.inf) or (
            self.high >= _BELOW.get(self.scaling, math.inf)
        ):
            object.__setattr__(self, "scaling", "Linear")

    def position(self, value: float) -> float:
        """Where a value lies between low (0) and high (1), in the space that was searched."""
        if self.low == self.high:
            return 0.5
        low, here, high = (self._scaled(number) for number in (self.low, value, self.high))
        return (here - low) / (high - low)

    def at(self, position: float) -> float:
        """The value at a position, which may lie outside; infinite where no number is so large."""
        low, high = self._scaled(self.low), self._scaled(self.high)
        here = low + position * (high - low)
        try:
            if self.scaling == "Logarithmic":
                return math.exp(here)
            return -math.expm1(-here) if self.scaling == "ReverseLogarithmic" else here
        except OverflowError:
            return math.copysign(math.inf, here)

    def _scaled(self, value: float) -> float:
        if self.scaling == "Logarithmic":
            return math.log(value)
        if self.scaling == "ReverseLogarithmic":
            return -math.log1p(-value)
        return value


@dataclass(frozen=True)
class CategoricalRange:
    """The values that were tried of a categorical hyperparameter."""

    name: str
    values: tuple[str, ...]


Range = NumericRange | CategoricalRange


def parse_ranges(config: Mapping[str, Any]) -> dict[str, Range]:
    """Ranges by the hyperparameter's name, in the order of SageMaker's three lists."""
    return {found.name: found for found in _ranges(config.get("ParameterRanges", {}))}


def _ranges(document: Mapping[str, Any]) -> Iterator[Range]:
    for kind in ("Integer", "Continuous"):
        for entry in document.get(f"{kind}ParameterRanges", []):
            yield NumericRange(
                name=entry["Name"],
                low=float(entry["MinValue"]),
                high=float(entry["MaxValue"]),
                is_integer=kind == "Integer",
                scaling=entry.get("ScalingType", "Auto"),
            )
    for entry in document.get("CategoricalParameterRanges", []):
        yield CategoricalRange(entry["Name"], tuple(entry["Values"]))


def merge_ranges(searched: Iterable[Mapping[str, Range]]) -> dict[str, Range]:
    """The ranges of several tuning jobs: one that includes each of the same name and kind.

    Where the kinds differ, the first counts.
    """
    merged: dict[str, Range] = {}
    for ranges in searched:
        for name, found in ranges.items():
            merged[name] = _including(merged[name], found) if name in merged else found
    return merged


def fitting(searched: Range, texts: Iterable[str]) -> Range:
    """The range that these values, as trials have them, lie in: a categorical one where they must.

    Of the same name one tuning job or definition may search numbers and another one words.
    """
    tried = dict.fromkeys(texts)
    if isinstance(searched, CategoricalRange):
        return replace(searched, values=tuple(dict.fromkeys((*searched.values, *tried))))
    if all(map(_is_number, tried)):
        return searched
    return CategoricalRange(searched.name, tuple(sorted(tried)))


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text))
    except ValueError:
        return False


def _including(one: Range, other: Range) -> Range:
    if isinstance(one, CategoricalRange) and isinstance(other, CategoricalRange):
        return replace(one, values=tuple(dict.fromkeys((*one.values, *other.values))))
    if isinstance(one, NumericRange) and isinstance(other, NumericRange):
        return replace(one, low=min(one.low, other.low), high=max(one.high, other.high))
    return one
