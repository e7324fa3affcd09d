"""The hyperparameters of a tuning job: what is searched, and what stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from tuning.algorithms.algorithm import Algorithm
from tuning.algorithms.valid_range import number
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import AutoParameter, CategoricalRange, NumericRange
from tuning.request_types import (
    AutoParameterRequest,
    CategoricalParameterRange,
    NumericParameterRange,
)


@dataclass(frozen=True)
class SearchSpace:
    """Ranges by kind, as SageMaker has them, and the static hyperparameters."""

    integer: tuple[NumericParameterRange, ...]
    continuous: tuple[NumericParameterRange, ...]
    categorical: tuple[CategoricalParameterRange, ...]
    static: dict[str, str]
    auto: tuple[AutoParameterRequest, ...] = ()  # left to Autotune

    @classmethod
    def of(cls, run: ExecutionInput, algorithm: Algorithm) -> SearchSpace:
        """The search space of an input that was checked. A range of one value becomes static."""
        integer: list[NumericParameterRange] = []
        continuous: list[NumericParameterRange] = []
        categorical: list[CategoricalParameterRange] = []
        auto: list[AutoParameterRequest] = []
        static = dict(run.static_hyper_parameters)
        for name, range_ in run.parameter_ranges.items():
            if isinstance(range_, AutoParameter):
                auto.append({"Name": name, "ValueHint": range_.value_hint})
            elif isinstance(range_, CategoricalRange):
                if len(set(range_.values)) == 1:
                    static[name] = range_.values[0]
                else:
                    categorical.append({"Name": name, "Values": range_.values})
            else:
                whole = algorithm.hyperparameters[name].searched_as(range_.type) == "Integer"
                numeric = _numeric(name, range_, whole=whole)
                if number(numeric["MinValue"]) == number(numeric["MaxValue"]):
                    static[name] = numeric["MinValue"]
                else:
                    (integer if whole else continuous).append(numeric)
        return cls(tuple(integer), tuple(continuous), tuple(categorical), static, tuple(auto))

    @property
    def size(self) -> int:
        """How many hyperparameters are searched."""
        return len(self.integer) + len(self.continuous) + len(self.categorical) + len(self.auto)

    @property
    def combinations(self) -> int | None:
        """How many different combinations there are; None for infinitely many."""
        if self.continuous or self.auto:
            return None
        steps = [int(entry["MaxValue"]) - int(entry["MinValue"]) + 1 for entry in self.integer]
        return prod(steps) * prod(len(entry["Values"]) for entry in self.categorical)

    def to_sagemaker(self) -> Any:
        """The ParameterRanges of CreateHyperParameterTuningJob."""
        lists = {
            "IntegerParameterRanges": self.integer,
            "ContinuousParameterRanges": self.continuous,
            "CategoricalParameterRanges": self.categorical,
            "AutoParameters": self.auto,
        }
        return {key: list(entries) for key, entries in lists.items() if entries}


def _numeric(name: str, range_: NumericRange, *, whole: bool) -> NumericParameterRange:
    least, greatest = (
        str(int(number(bound) or 0)) if whole else bound
        for bound in (range_.min_value, range_.max_value)
    )
    return {
        "Name": name,
        "MinValue": least,
        "MaxValue": greatest,
        "ScalingType": range_.scaling_type,
    }
