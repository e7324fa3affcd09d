"""The Grid strategy: every combination of the categorical values, once."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from optuna.distributions import CategoricalDistribution

from local_sagemaker.search.parameter_ranges import ParameterRange
from local_sagemaker.search.search import Suggestion


class GridSearch:
    """The combinations in the order of the ranges, the last range changing fastest."""

    def __init__(self, ranges: Sequence[ParameterRange]) -> None:
        self._names = [parameter.name for parameter in ranges]
        choices = [_choices(parameter) for parameter in ranges]
        self._combinations = enumerate(itertools.product(*choices))

    def suggest(self) -> Suggestion | None:
        for number, values in self._combinations:
            return Suggestion(number, dict(zip(self._names, values, strict=True)))
        return None

    def observe(self, number: int, value: float | None) -> None:
        """A grid does not depend on what is found."""

    def forget(self, number: int) -> None:
        """Nor on what is not found."""


def _choices(parameter: ParameterRange) -> list[str]:
    if not isinstance(parameter.distribution, CategoricalDistribution):
        raise ValueError(
            f"ParameterRanges {parameter.name}: Strategy Grid searches categorical ranges only; "
            "give the values as a CategoricalParameterRange"
        )
    return [parameter.text(choice) for choice in parameter.distribution.choices]
