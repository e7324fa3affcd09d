"""The hyperparameters of a tuning job: what is searched, and what stays the same."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import Any

from tuning.algorithms.algorithm import Algorithm
from tuning.algorithms.valid_range import number
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.parameter_ranges import AutoParameter, CategoricalRange, NumericRange


@dataclass(frozen=True)
class SearchSpace:
    """Ranges by kind, as SageMaker has them, and the static hyperparameters."""

    integer: tuple[dict[str, Any], ...]
    continuous: tuple[dict[str, Any], ...]
    categorical: tuple[dict[str, Any], ...]
    static: dict[str, str]
    auto: tuple[dict[str, Any], ...] = ()  # left to Autotune

    @classmethod
    def of(cls, run: ExecutionInput, algorithm: Algorithm) -> SearchSpace:
        """The search space of an input that was checked. A range of one value becomes static."""
        kinds: dict[str, list[dict[str, Any]]] = {
            "Integer": [],
            "Continuous": [],
            "Categorical": [],
        }
        static = dict(run.static_hyper_parameters)
        auto = []
        for name, range_ in run.parameter_ranges.items():
            if isinstance(range_, AutoParameter):
                auto.append({"Name": name, **range_.to_sagemaker()})
                continue
            asked = range_.type if isinstance(range_, NumericRange) else None
            kind = algorithm.hyperparameters[name].searched_as(asked) or ""
            entry = _entry(range_, whole=kind == "Integer")
            only_value = _only_value(entry)
            if only_value is None:
                kinds[kind].append({"Name": name, **entry})
            else:
                static[name] = only_value
        integer, continuous, categorical = map(tuple, kinds.values())
        return cls(integer, continuous, categorical, static, tuple(auto))

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


def _entry(range_: NumericRange | CategoricalRange, *, whole: bool) -> dict[str, Any]:
    entry: dict[str, Any] = range_.to_sagemaker()
    entry.pop("Type", None)  # SageMaker has no such member: its lists tell the type
    if whole and isinstance(range_, NumericRange):
        bounds = ("MinValue", "MaxValue")
        return {**entry, **{bound: str(int(number(entry[bound]) or 0)) for bound in bounds}}
    return entry


def _only_value(entry: dict[str, Any]) -> str | None:
    if "Values" in entry:
        values: list[str] = entry["Values"]
        return values[0] if len(set(values)) == 1 else None
    least: str = entry["MinValue"]
    return least if number(least) == number(entry["MaxValue"]) else None
