"""What the best trial is compared with, and how much the metric differs without any reason."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from tuning.algorithms.algorithm import Algorithm
from tuning.report.search import Search
from tuning.trials.trials import Trial

FEWEST_FOR_MEDIAN = 3  # scored trials
_SEEDS = ("seed", "random_seed", "random_state")  # what may differ between equal training jobs


@dataclass(frozen=True)
class Baseline:
    """A trial, and the words for it."""

    label: str
    value: float
    trial: Trial


@dataclass(frozen=True)
class Noise:
    """The standard deviation of the metric within groups of trials with equal hyperparameters."""

    standard_deviation: float
    groups: int
    trials: int


def baseline(search: Search, algorithm: Algorithm | None) -> Baseline | None:
    """The trial with the algorithm's defaults if there is one, or else the median trial.

    Of an even number the median is the worse of the two in the middle: it is a trial.
    """
    scored = search.scored
    for trial in scored:
        if algorithm and _has_defaults(trial.tuned_hyperparameters, algorithm):
            return Baseline("the algorithm's defaults", _value(trial), trial)
    if len(scored) < FEWEST_FOR_MEDIAN:
        return None
    middle = scored[len(scored) // 2]
    return Baseline("the median training job", _value(middle), middle)


def _has_defaults(tuned: Mapping[str, str], algorithm: Algorithm) -> bool:
    return bool(tuned) and all(_is_default(name, tuned[name], algorithm) for name in tuned)


def _is_default(name: str, text: str, algorithm: Algorithm) -> bool:
    known = algorithm.hyperparameters.get(name)
    if known is None or known.default is None:
        return False
    try:
        return math.isclose(float(text), float(known.default), rel_tol=1e-6)
    except ValueError:
        return text == known.default


def noise(search: Search) -> Noise | None:
    """None where no hyperparameters were tried twice; the seed may differ."""
    groups: dict[tuple[object, ...], list[float]] = defaultdict(list)
    for trial in search.scored:
        tuned = sorted(
            (name, text) for name, text in trial.tuned_hyperparameters.items() if name not in _SEEDS
        )
        owner = search.owners[trial.name].name
        groups[(owner, trial.definition_name, *tuned)].append(_value(trial))
    repeated = [values for values in groups.values() if len(values) > 1]
    if not repeated:
        return None
    squares = sum(_squares(values) for values in repeated)
    freedom = sum(len(values) - 1 for values in repeated)
    return Noise(math.sqrt(squares / freedom), len(repeated), sum(map(len, repeated)))


def _squares(values: list[float]) -> float:
    mean = math.fsum(values) / len(values)
    return math.fsum((value - mean) ** 2 for value in values)


def _value(trial: Trial) -> float:
    assert trial.value is not None, "only trials with a metric are compared"
    return trial.value
