"""Searches whose suggestions an Optuna sampler draws."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import Any

import optuna
from optuna.distributions import BaseDistribution, CategoricalDistribution, IntDistribution
from optuna.study import StudyDirection
from optuna.trial import Trial, TrialState, create_trial

from local_sagemaker.search.bayesian import PARENT, TRANSFER, BayesianSampler
from local_sagemaker.search.parameter_ranges import ParameterRange
from local_sagemaker.search.search import Observation, Suggestion

_DIRECTIONS = {"Maximize": StudyDirection.MAXIMIZE, "Minimize": StudyDirection.MINIMIZE}
DRAWS = 20  # for hyperparameters not suggested before, ahead of going through all there are

optuna.logging.set_verbosity(optuna.logging.WARNING)


def random_sampler(seed: int | None) -> optuna.samplers.BaseSampler:
    return optuna.samplers.RandomSampler(_optuna_seed(seed))


def bayesian_sampler(
    seed: int | None, ranges: Sequence[ParameterRange]
) -> optuna.samplers.BaseSampler:
    space = {parameter.name: parameter.distribution for parameter in ranges}
    return BayesianSampler(space, _optuna_seed(seed))


def _optuna_seed(seed: int | None) -> int | None:
    return None if seed is None else seed % 2**32


class SampledSearch:
    """A study whose running trials are the training jobs that have not ended."""

    def __init__(
        self,
        ranges: Sequence[ParameterRange],
        direction: str,
        sampler: optuna.samplers.BaseSampler,
        parents: Sequence[Sequence[Observation]] = (),
        transfer: bool = False,
    ) -> None:
        self._ranges = ranges
        self._distributions: dict[str, BaseDistribution] = {
            parameter.name: parameter.distribution for parameter in ranges
        }
        self._study = optuna.create_study(sampler=sampler, direction=_DIRECTIONS[direction])
        for number, observations in enumerate(parents):
            attributes = {PARENT: number, TRANSFER: transfer}
            for observation in observations:
                self._add(observation, attributes)
        self._suggested: set[tuple[str, ...]] = set()
        self._size = math.prod(parameter.size for parameter in ranges)

    def suggest(self) -> Suggestion | None:
        if len(self._suggested) >= self._size:
            return None
        for _ in range(DRAWS):
            trial = self._study.ask(self._distributions)
            if self._texts(trial) not in self._suggested:
                return self._suggestion(trial)
            self._study.tell(trial, state=TrialState.FAIL)
        if math.isfinite(self._size):
            self._study.enqueue_trial(self._first_left())
        return self._suggestion(self._study.ask(self._distributions))

    def observe(self, number: int, value: float | None) -> None:
        if value is None or not math.isfinite(value):
            self._study.tell(number, state=TrialState.FAIL)
        else:
            self._study.tell(number, value)

    def forget(self, number: int) -> None:
        self._study.tell(number, state=TrialState.PRUNED)

    def _add(self, observation: Observation, attributes: dict[str, int]) -> None:
        values = {
            parameter.name: parameter.searched(observation.hyperparameters.get(parameter.name, ""))
            for parameter in self._ranges
        }
        if None not in values.values() and math.isfinite(observation.value):
            self._study.add_trial(
                create_trial(
                    params=values,
                    distributions=self._distributions,
                    value=observation.value,
                    user_attrs=attributes,
                )
            )

    def _suggestion(self, trial: Trial) -> Suggestion:
        texts = self._texts(trial)
        self._suggested.add(texts)
        names = [parameter.name for parameter in self._ranges]
        return Suggestion(trial.number, dict(zip(names, texts, strict=True)))

    def _texts(self, trial: Trial) -> tuple[str, ...]:
        return self._written(trial.params)

    def _written(self, values: dict[str, Any]) -> tuple[str, ...]:
        return tuple(parameter.text(values[parameter.name]) for parameter in self._ranges)

    def _first_left(self) -> dict[str, Any]:
        """The first combination of a finite space that has not been suggested."""
        names = [parameter.name for parameter in self._ranges]
        combinations = (
            dict(zip(names, values, strict=True))
            for values in itertools.product(*map(_values, self._ranges))
        )
        return next(each for each in combinations if self._written(each) not in self._suggested)


def _values(parameter: ParameterRange) -> Sequence[Any]:
    distribution = parameter.distribution
    if isinstance(distribution, CategoricalDistribution):
        return distribution.choices
    if isinstance(distribution, IntDistribution):
        return range(distribution.low, distribution.high + 1)
    return [distribution.low]  # a continuous range of a single value
