"""How often chance replaces a champion, and how often a better candidate is promoted at once.

    python -m benchmarks.verdict [AUC] [F1] [RMSE] [Accuracy] [--rows 200 1000] [--years 100]

A year is 52 candidates, one a week, that are as good as the champion and are judged on the same
rows. A better candidate is better by three standard errors of the paired difference, and meets
fresh rows. Models see a signal of the label and noise of their own, as models that were trained
with other seeds do. What judges is tuning.evaluation itself. Results are in docs/decisions/0015.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from tuning.evaluation.bootstrap import resample
from tuning.evaluation.looks import level_of
from tuning.evaluation.metric_names import METRICS
from tuning.evaluation.metrics import prepare
from tuning.evaluation.scores import score

from benchmarks.harness.figure import Figure, at_least, at_most
from benchmarks.harness.result import publish

CONFIDENCE = 0.95
WEEKS = 52
STANDARD_ERRORS = 3
Array = np.ndarray[Any, Any]
Random = np.random.Generator
Model = Callable[[Random, float], Array]  # by how much it is better -> predictions


@dataclass(frozen=True)
class Task:
    """`metric` on `rows` rows, `share` of them positive; models differ by `noise`."""

    metric: str
    rows: int
    share: float = 0.5
    noise: float = 0.3

    def draw(self, random: Random) -> tuple[Array, Model]:
        """Labels of a test channel, and models of them."""
        if self.metric == "RMSE":
            return _heavy_tailed(self, random)
        return _many_classes(self, random) if self.metric == "Accuracy" else _two(self, random)

    def __str__(self) -> str:
        rare = f", {self.share:.0%} positive" if self.metric in ("AUC", "F1") else ""
        return f"{self.metric}, {self.rows} rows{rare}"


def _two(task: Task, random: Random) -> tuple[Array, Model]:
    labels = np.zeros(task.rows)
    labels[: max(2, round(task.rows * task.share))] = 1
    signal = 1.5 * labels + random.normal(size=task.rows)
    threshold = np.quantile(signal, 1 - task.share)

    def predict(random: Random, better: float) -> Array:
        seen = signal + better * labels + task.noise * random.normal(size=task.rows)
        return np.asarray(1 / (1 + np.exp(threshold - seen)))

    return labels, predict


def _many_classes(task: Task, random: Random) -> tuple[Array, Model]:
    labels = random.integers(0, 4, task.rows)
    signal = random.normal(size=(task.rows, 4)) + 1.2 * np.eye(4)[labels]

    def predict(random: Random, better: float) -> Array:
        seen = signal + better * np.eye(4)[labels] + task.noise * random.normal(size=signal.shape)
        odds = np.exp(seen)
        return np.asarray(odds / odds.sum(axis=1, keepdims=True))

    return labels.astype(float), predict


def _heavy_tailed(task: Task, random: Random) -> tuple[Array, Model]:
    labels = random.standard_t(4, task.rows)

    def predict(random: Random, better: float) -> Array:
        return np.asarray(better * labels + task.noise * random.normal(size=task.rows))

    return labels, predict


def difference(metric: str, labels: Array, new: Array, old: Array) -> float:
    """The improvement on these rows."""
    return METRICS[metric].sign * (score(metric, labels, new) - score(metric, labels, old))


def is_promoted(metric: str, labels: Array, new: Array, old: Array, look: int) -> bool:
    """Whether the candidate is promoted when these rows judge for the `look`th time."""
    value = difference(metric, labels, new, old)
    candidate, champion = (prepare([metric], labels, model) for model in (new, old))

    def drawn(weights: Array) -> float:
        return candidate(weights)[metric] - champion(weights)[metric]

    # Saves a thousand draws where a few show that the bound, 1.96 deviations away, is below 0.
    counts = np.random.default_rng(0).multinomial(len(labels), [1 / len(labels)] * len(labels), 60)
    if value <= 1.2 * np.nanstd([drawn(weights.astype(float)) for weights in counts]):
        return False
    improvement = resample(candidate, champion, [metric], labels)[metric]
    return improvement.interval(level_of(look, CONFIDENCE))[0] > 0


def false_promotion(task: Task, seed: int, candidates: int = WEEKS) -> bool:
    """Whether one of the candidates of a year replaces the champion."""
    random = np.random.default_rng(seed)
    labels, model = task.draw(random)
    champion = model(random, 0)
    return any(
        is_promoted(task.metric, labels, model(random, 0), champion, look)
        for look in range(1, candidates + 1)
    )


def just_better(task: Task) -> float:
    """By how much a model must be better to be so by three standard errors."""
    low, high = 0.0, 2.0
    for _ in range(12):
        middle, random = (low + high) / 2, np.random.default_rng(1)
        found = []
        for _ in range(300):
            labels, model = task.draw(random)
            found.append(difference(task.metric, labels, model(random, middle), model(random, 0)))
        enough = np.mean(found) > STANDARD_ERRORS * np.std(found)
        low, high = (low, middle) if enough else (middle, high)
    return high


def true_promotion(task: Task, better: float, seed: int) -> bool:
    """Whether a candidate that is so much better is promoted at the first look."""
    random = np.random.default_rng(seed)
    labels, model = task.draw(random)
    return is_promoted(task.metric, labels, model(random, better), model(random, 0), look=1)


def figures(task: Task, years: int) -> list[Figure]:
    """In percent; each year and each better candidate is one that is or is not promoted."""
    wrong = 100 * sum(false_promotion(task, seed) for seed in range(years)) / years
    better = just_better(task)
    right = 100 * sum(true_promotion(task, better, seed) for seed in range(years)) / years
    return [
        Figure(f"{task}: years with a false promotion", "%", (wrong,), goal=at_most(plus=5)),
        Figure(f"{task}: better candidates promoted", "%", (right,), goal=at_least(plus=80)),
    ]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("metrics", nargs="*", default=["RMSE", "Accuracy"])
    parser.add_argument("--rows", type=int, nargs="*", default=[200])
    parser.add_argument("--share", type=float, nargs="*", default=[0.5])
    parser.add_argument("--years", type=int, default=100)
    asked = parser.parse_args()
    tasks = [
        Task(metric, rows, share)
        for metric in asked.metrics
        for share in (asked.share if metric in ("AUC", "F1") else [0.5])
        for rows in asked.rows
    ]
    publish(
        "verdict",
        f"How often chance wins, in {asked.years} simulated years of {WEEKS} candidates",
        "nothing: the promise of docs/decisions/0015",
        [figure for task in tasks for figure in figures(task, asked.years)],
        notes=(
            f"A better candidate is better by {STANDARD_ERRORS} standard errors of the paired "
            "difference, and is judged at the first look.",
            "A hundred years tell a share of 4 % to within 4 points.",
        ),
    )


if __name__ == "__main__":
    main()
