"""Learning curves: how the objective went while training jobs trained, from the jobs' logs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from tuning.algorithms.algorithm import Algorithm
from tuning.report.search import Search
from tuning.trials.metric_regex import metric_reader
from tuning.trials.trials import Trial

MOST = 20  # jobs; each is a log to read
MOST_POINTS = 400  # of a curve
_UNITS = {"xgboost": "round", "linear-learner": "epoch"}


@dataclass(frozen=True)
class Curve:
    """A metric at each step of training, from 1."""

    metric: str
    points: tuple[tuple[int, float], ...]


@dataclass(frozen=True)
class Curves:
    """By training job; `left_out` is how many other jobs trained. `note` says what went wrong."""

    by_job: Mapping[str, Curve] = field(default_factory=dict)
    left_out: int = 0
    unit: str = "step"
    note: str | None = None


def jobs_with_curves(search: Search) -> list[Trial]:
    """The jobs whose curves are told: the best, and of the others those that AMT stopped early.

    At most MOST; half of these are kept for jobs that were stopped early, if so many were.
    """
    stopped = [trial for trial in search.scored if trial.status == "Stopped"]
    kept = {trial.name for trial in stopped[: MOST // 2]}
    best = [trial for trial in search.scored if trial.name not in kept]
    return [*best[: MOST - len(kept)], *(each for each in stopped if each.name in kept)]


def unit_of(algorithm: Algorithm | None) -> str:
    """What a step of a built-in algorithm is called."""
    return _UNITS.get(algorithm.name, "step") if algorithm else "step"


def parse_curve(metric: str, regex: str, lines: Iterable[str]) -> Curve | None:
    """The values that a metric's Regex finds in the lines of a log; None for less than two.

    Of a long curve every so many steps are kept, and the last.

    Raises:
        UnreadableRegex: it is no expression of Python's with a group.
    """
    found = map(metric_reader(metric, regex), lines)
    points = list(enumerate((value for value in found if value is not None), start=1))
    if len(points) < 2:
        return None
    every = math.ceil(len(points) / MOST_POINTS)
    thinned = points[::every]
    return Curve(metric, tuple(thinned if thinned[-1] == points[-1] else [*thinned, points[-1]]))
