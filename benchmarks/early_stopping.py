"""What Auto early stopping and Hyperband save, by local AWS's own rules on real training curves.

    python -m benchmarks.early_stopping [--seeds 2] [--jobs 20] [--only TABLE ...]

XGBoost trains 100 rounds; its curve is then told round by round to the rule, three jobs side by
side. Regret is that of the best training job that trained to its end: 0 is the best that anybody
has found on the table, 1 a usual random one. Hyperband has a third of the rounds that the tuning
job without it trains, and begins as many training jobs as fit.
"""

from __future__ import annotations

import argparse
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from local_sagemaker.search.strategies import create_search

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from benchmarks.playing.figures import Array, written
from benchmarks.playing.stopped_tuning import ROUNDS, Rule, Tuned, auto, by_hyperband, never, tune
from benchmarks.playing.table_tasks import CHOSEN_ON, HELD_BACK, TABLES, table_task
from benchmarks.playing.tasks import Hyperparameters, Task, tuning_config

LOWEST = 1  # MinResource
WHY_MISSED = (
    "Of 20 jobs the first seven begin before four have ended, so that Auto cannot stop them; of 40 "
    "it saves more (benchmarks/search.md).",
    "The later jobs of the Bayesian search are good, so that the rule, which is AWS's, stops fewer "
    "of them.",
    "A third of the rounds is less than seven whole training jobs: what Hyperband begins besides "
    "is stopped too early to make up for it.",
)


@dataclass(frozen=True)
class Way:
    """A strategy, its rule, and whether it has a third of the rounds instead of as many jobs."""

    strategy: str
    stops: Rule = never
    third: bool = False


WAYS: Mapping[str, Way] = {
    "Random": Way("Random"),
    "Random, Auto": Way("Random", auto),
    "Bayesian": Way("Bayesian"),
    "Bayesian, Auto": Way("Bayesian", auto),
    "Hyperband": Way("Hyperband", by_hyperband(LOWEST), third=True),
}


def remembered(
    curve: Callable[[Hyperparameters, int], list[float]],
) -> Callable[[Hyperparameters, int], list[float]]:
    """Trains each configuration once."""
    known: dict[tuple[tuple[str, str], ...], list[float]] = {}

    def look_up(hyperparameters: Hyperparameters, rounds: int) -> list[float]:
        key = tuple(sorted(hyperparameters.items()))
        if key not in known:
            known[key] = curve(hyperparameters, rounds)
        return known[key]

    return look_up


def play(task: Task, seed: int, jobs: int) -> list[Tuned]:
    """One for each of WAYS."""
    assert task.curve is not None
    curve = remembered(task.curve)
    return [
        tune(
            create_search(tuning_config(way.strategy, seed, task.ranges)), curve, way.stops,
            **({"rounds": jobs * ROUNDS / 3} if way.third else {"jobs": jobs}),
        )
        for way in WAYS.values()
    ]  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--jobs", type=int, default=20)
    parser.add_argument("--only", nargs="+", default=(*CHOSEN_ON, *HELD_BACK), choices=TABLES)
    options = parser.parse_args()
    names: Sequence[str] = options.only
    rounds, regrets = [], []
    for name in names:
        task = table_task(name)
        found = [play(task, seed, options.jobs) for seed in range(options.seeds)]
        best = np.array([[each.best for each in ways] for ways in found])
        usual = statistics.median(value for ways in found for value in ways[0].values)
        regrets.append((best.max() - best) / (best.max() - usual))
        rounds.append([[each.rounds for each in ways] for ways in found])
    tell(np.array(rounds), np.array(regrets), options.jobs)


def tell(rounds: Array, regrets: Array, jobs: int) -> None:
    """Both arrays: table, seed, way; a number a seed is the mean of all tables."""
    figures, notes = [], []
    for way, other, part, more in (
        ("Bayesian, Auto", "Bayesian", 0.7, 0.02),
        ("Random, Auto", "Random", 0.7, 0.02),
        ("Hyperband", "Random", 1 / 3, 0.0),
        ("Hyperband", "Bayesian", 1 / 3, 0.0),
    ):
        ours, theirs = list(WAYS).index(way), list(WAYS).index(other)
        for what, unit, values, goal in (
            ("rounds trained", "", rounds, at_most(round(part, 3))),
            ("regret", "", regrets, at_most(1, more)),
        ):
            a, b = (tuple(values[..., i].mean(axis=0).tolist()) for i in (ours, theirs))
            figures.append(Figure(f"{what}, {way}, beside {other}", unit, a, b, goal))
        more_regret = (regrets[..., ours] - regrets[..., theirs]).ravel()
        notes.append(f"{way} less {other}, regret: {written(more_regret)}.")
    title = f"Early stopping and Hyperband, {len(rounds)} tables, {rounds.shape[1]} seeds"
    publish(
        "early_stopping", title, f"{jobs} jobs of {ROUNDS} rounds", figures, (*notes, *WHY_MISSED)
    )


if __name__ == "__main__":
    main()
