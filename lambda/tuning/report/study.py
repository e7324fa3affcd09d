"""Trials as an Optuna study, so that Optuna's analyses apply to them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from optuna import Study, create_study
from optuna.distributions import (
    BaseDistribution,
    CategoricalDistribution,
    FloatDistribution,
    IntDistribution,
)
from optuna.logging import WARNING, set_verbosity
from optuna.trial import FrozenTrial, TrialState, create_trial

from tuning.report.search import Search
from tuning.report.search_space import CategoricalRange, NumericRange, Range
from tuning.trials.trials import Trial

set_verbosity(WARNING)


def study_of(search: Search, trials: Iterable[FrozenTrial]) -> Study:
    """These trials, some of them perhaps more than once."""
    study = create_study(direction="maximize" if search.maximizes else "minimize")
    study.add_trials(trials)
    return study


def frozen_trial(trial: Trial, ranges: Mapping[str, Range]) -> FrozenTrial:
    """A trial with those of its hyperparameters that were searched; without a metric it failed."""
    tuned = trial.tuned_hyperparameters
    known = {name: searched for name, searched in ranges.items() if name in tuned}
    return create_trial(
        state=TrialState.FAIL if trial.value is None else TrialState.COMPLETE,
        value=trial.value,
        params={name: _value(searched, tuned[name]) for name, searched in known.items()},
        distributions={name: _distribution(searched) for name, searched in known.items()},
    )


def _distribution(searched: Range) -> BaseDistribution:
    """Optuna knows no ReverseLogarithmic: such a range counts as a linear one."""
    if isinstance(searched, CategoricalRange):
        return CategoricalDistribution(searched.values)
    log = searched.scaling == "Logarithmic"
    if searched.is_integer:
        return IntDistribution(int(searched.low), int(searched.high), log=log)
    return FloatDistribution(searched.low, searched.high, log=log)


def _value(searched: Range, text: str) -> float | str:
    """AMT rounds the numbers that it prints: one may lie just outside of the range."""
    if isinstance(searched, CategoricalRange):
        return text
    return _within(searched, float(text))


def _within(searched: NumericRange, value: float) -> float:
    within = min(max(value, searched.low), searched.high)
    return int(within) if searched.is_integer else within
