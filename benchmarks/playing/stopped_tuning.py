"""Tuning jobs whose training jobs may end early, round by round, by local AWS's own rules."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from local_sagemaker.sagemaker.tuning import early_stopping, hyperband
from local_sagemaker.search.search import Search

from benchmarks.playing.tasks import Hyperparameters

ROUNDS = 100  # of a training job that is not stopped


@dataclass
class Job:
    """A training job; `curve` is known beforehand, `values` and `averages` are what it told."""

    number: int
    suggestion: int
    curve: list[float]
    values: list[float] = field(default_factory=list)
    averages: list[float] = field(default_factory=list)
    ended: bool = False

    def train(self) -> None:
        """One round."""
        value = self.curve[len(self.values)]
        total = sum(self.values) + value
        self.values.append(value)
        self.averages.append(total / len(self.values))


Rule = Callable[[Job, Sequence[Job]], bool]


def never(job: Job, others: Sequence[Job]) -> bool:
    return False


def auto(job: Job, others: Sequence[Job]) -> bool:
    """TrainingJobEarlyStoppingType Auto."""
    previous = [other.averages for other in others if other.ended]
    return early_stopping.should_stop(
        job.values[-1], len(job.values), previous, rounds=ROUNDS, maximize=True
    )


def by_hyperband(lowest: int) -> Rule:
    """Strategy Hyperband with that MinResource."""
    return partial(_by_hyperband, hyperband.Budget(lowest, ROUNDS))


def _by_hyperband(budget: hyperband.Budget, job: Job, others: Sequence[Job]) -> bool:
    bracket = hyperband.bracket_of(job.number, budget)
    return hyperband.should_stop(
        job.values, [other.values for other in others], budget, bracket=bracket
    )


@dataclass(frozen=True)
class Tuned:
    """The rounds that all jobs trained, their last values, and the best of those not stopped."""

    rounds: int
    values: list[float]
    best: float


def tune(
    search: Search,
    curve: Callable[[Hyperparameters, int], list[float]],
    stops: Rule,
    *,
    jobs: float = math.inf,
    rounds: float = math.inf,
    parallel: int = 3,
) -> Tuned:
    """Until so many jobs were started or so many rounds trained. All jobs train as fast."""
    begun: list[Job] = []
    running: list[Job] = []
    trained = 0
    while True:
        # A job is not begun that may have to train more rounds than are left.
        left = rounds - trained - sum(ROUNDS - len(job.values) for job in running)
        if len(running) < parallel and len(begun) < jobs and left >= ROUNDS:
            suggestion = search.suggest()
            assert suggestion is not None, "the ranges hold more than any search tries"
            values = curve(suggestion.hyperparameters, ROUNDS)
            begun.append(Job(len(begun) + 1, suggestion.number, values))
            running.append(begun[-1])
            continue
        if not running:
            break
        for job in list(running):
            job.train()
            trained += 1
            others = [other for other in begun if other is not job]
            if len(job.values) == ROUNDS or stops(job, others):
                job.ended = True
                running.remove(job)
                search.observe(job.suggestion, job.values[-1])
    whole = [job.values[-1] for job in begun if len(job.values) == ROUNDS]
    return Tuned(trained, [job.values[-1] for job in begun], max(whole))
