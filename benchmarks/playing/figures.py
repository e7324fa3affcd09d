"""From what searches found to figures: regrets on one scale, ranks, intervals."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.stats import rankdata

from benchmarks.harness.figure import Figure, at_most
from benchmarks.playing.play import Played
from benchmarks.playing.tasks import Task

RESAMPLES = 2000
SURE = "A lead is sure where the interval lies below 0; goals are held against means alone."
Array = np.ndarray[Any, Any]


def interval(values: Array) -> tuple[float, float, float]:
    """The mean and a 90 % bootstrap interval of it."""
    drawn = np.random.default_rng(0).integers(len(values), size=(RESAMPLES, len(values)))
    low, high = np.quantile(values[drawn].mean(axis=1), [0.05, 0.95])
    return float(values.mean()), float(low), float(high)


def written(values: Array) -> str:
    mean, low, high = interval(values)
    return f"{mean:.3f} ({low:.3f} to {high:.3f})"


class Regrets:
    """Of each strategy, in blocks of one task and seed that all of them have played.

    Regret 0 is the best value that anybody has found on the task, 1 a usual random one.
    """

    def __init__(
        self, tasks: Sequence[Task], played: Iterable[Played], strategies: Sequence[str]
    ) -> None:
        self.strategies = strategies
        self._tasks = {task.name: task for task in tasks}
        self._played = {(each.task, each.seed, each.strategy): each for each in played}
        self._best = {name: task.best for name, task in self._tasks.items()}
        for (task, _, _), each in self._played.items():
            if task in self._best:
                self._best[task] = max(self._best[task], *each.truths)

    def after(self, jobs: int) -> Array:
        """A row a block, a column a strategy."""
        long = {key for key, each in self._played.items() if len(each.truths) >= jobs}
        blocks = sorted({key[:2] for key in long if key[0] in self._tasks})
        rows = [
            [self._regret(self._played[*block, name], jobs) for name in self.strategies]
            for block in blocks
            if all((*block, name) in long for name in self.strategies)
        ]
        return np.array(rows).reshape(-1, len(self.strategies))

    def _regret(self, played: Played, jobs: int) -> float:
        best, usual = self._best[played.task], self._tasks[played.task].usual
        return (best - played.best(jobs)) / (best - usual)


def compared(regrets: Regrets, jobs: int) -> tuple[list[Figure], list[str]]:
    """The first strategy beside each other one, and a note of mean ranks with their intervals."""
    found = regrets.after(jobs)
    if not len(found):
        return [], []
    ranks = rankdata(found.round(9), axis=1)
    others = regrets.strategies[1:]
    figures = [
        Figure(
            f"mean rank of {len(regrets.strategies)} after {jobs} jobs, beside {name}", "",
            (float(ranks[:, 0].mean()),), (float(ranks[:, place].mean()),), at_most(1),
        )
        for place, name in enumerate(others, 1)
    ] + [
        Figure(
            f"regret after {jobs} jobs, beside {name}", "",
            (float(found[:, 0].mean()),), (float(found[:, place].mean()),),
        )
        for place, name in enumerate(others, 1)
    ]  # fmt: skip
    told = ", ".join(
        f"{name} {written(ranks[:, place])}" for place, name in enumerate(regrets.strategies)
    )
    apart = ", ".join(
        f"{name} {written(found[:, 0] - found[:, place])}" for place, name in enumerate(others, 1)
    )
    return figures, [
        f"Mean rank after {jobs} jobs, with 90 % intervals, of {len(found)} blocks: {told}.",
        f"Regret after {jobs} jobs less that of the other in the same block: {apart}. {SURE}",
    ]
