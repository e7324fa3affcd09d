"""How good the search strategies are: normalised regret after a number of training jobs.

    python -m benchmarks.search [functions] [trainings] [xgboost] [surrogates] [--data FOLDER]

Regret 0 is the best known configuration (of real training: the best of 300 random ones, so that
it can be negative), 1 a median random one. Workers are asynchronous: a trial ends in the order it
was started, while the others run. The incumbent is chosen by its observed value and judged by its
noise-free one. All strategies see the same seeds and tasks; ranks are within these blocks.

Surrogates need --data, a folder with surrogate.py and surr_<task>.npz.
"""

from __future__ import annotations

import argparse
import time
import warnings
from collections import deque
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import optuna
from local_sagemaker.search.parameter_ranges import ParameterRange, read_parameter_ranges
from local_sagemaker.search.sampled import SampledSearch, bayesian_sampler, random_sampler
from scipy.stats import rankdata

from benchmarks.search_tasks import Task, functions, surrogates, trainings
from benchmarks.xgboost_tasks import xgboost_trainings

RESAMPLES = 2000
Array = np.ndarray[Any, Any]


def tpe_sampler(seed: int, ranges: Sequence[ParameterRange]) -> optuna.samplers.BaseSampler:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        return optuna.samplers.TPESampler(seed=seed)


STRATEGIES = {
    "Random": lambda seed, ranges: random_sampler(seed),
    "TPE (Optuna)": tpe_sampler,
    "Bayesian": bayesian_sampler,
}


def tune(strategy: str, task: Task, trials: int, parallel: int, seed: int) -> tuple[float, float]:
    """The regret of a tuning job's best training job, and the seconds of a suggestion."""
    ranges = read_parameter_ranges(task.ranges)
    search = SampledSearch(ranges, "Maximize", STRATEGIES[strategy](seed, ranges))
    noise, seconds = np.random.default_rng(seed), 0.0
    running: deque[tuple[int, float]] = deque()
    ended: list[tuple[float, float]] = []
    for started in range(trials + parallel):
        if started >= parallel:
            number, truth = running.popleft()
            ended.append((truth + task.noise * noise.standard_normal(), truth))
            search.observe(number, ended[-1][0])
        if started < trials:
            began = time.perf_counter()
            suggestion = search.suggest()
            seconds += time.perf_counter() - began
            assert suggestion is not None
            running.append((suggestion.number, task.value(suggestion.hyperparameters)))
    return task.regret(max(ended)[1]), seconds / trials


def interval_of_median(regrets: Array) -> tuple[float, float]:
    """A 90 % bootstrap interval; regrets has a row a task, whose seeds are drawn anew."""
    random = np.random.default_rng(0)
    drawn = random.integers(regrets.shape[1], size=(RESAMPLES, *regrets.shape))
    medians = np.median(np.take_along_axis(regrets[np.newaxis], drawn, axis=2), axis=(1, 2))
    low, high = np.quantile(medians, [0.05, 0.95])
    return float(low), float(high)


def report(regrets: Array, seconds: Array, tasks: list[Task]) -> None:
    """Both arrays: strategy, task, seed."""
    ranks = rankdata(regrets.round(9), axis=0)
    print(f"{'strategy':13} {'median (90 %)':>19} {'mean':>6} {'rank':>5} {'s/suggestion':>12}")
    for i, name in enumerate(STRATEGIES):
        low, high = interval_of_median(regrets[i])
        median = f"{np.median(regrets[i]):.3f} ({low:.3f} to {high:.3f})"
        mean, rank = regrets[i].mean(), ranks[i].mean()
        print(f"{name:13} {median:>22} {mean:6.3f} {rank:5.2f} {seconds[i].mean():9.4f}")
    print("median regret of a task: " + ", ".join(STRATEGIES))
    for j, task in enumerate(tasks):
        print(f"  {task.name:15} " + " ".join(f"{x:.3f}" for x in np.median(regrets[:, j], axis=1)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    kinds = ("functions", "trainings", "xgboost", "surrogates")
    parser.add_argument("kinds", nargs="*", metavar="KIND", help=", ".join(kinds))
    parser.add_argument("--data", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--parallel", type=int, default=3)
    options = parser.parse_args()
    asked = options.kinds or ["functions", "trainings"]
    if unknown := set(asked) - set(kinds):
        parser.error(f"{', '.join(unknown)}: must be functions, trainings, xgboost or surrogates")
    if "surrogates" in asked and options.data is None:
        parser.error("surrogates need --data, the folder with surrogate.py")
    makers = {"functions": functions, "trainings": trainings, "xgboost": xgboost_trainings}
    tasks = [task for kind in makers if kind in asked for task in makers[kind]()]
    tasks += surrogates(options.data) if "surrogates" in asked else []
    found = [
        [
            [tune(name, task, options.trials, options.parallel, s) for s in range(options.seeds)]
            for task in tasks
        ]
        for name in STRATEGIES
    ]
    measured = np.array(found)
    report(measured[..., 0], measured[..., 1], tasks)


if __name__ == "__main__":
    main()
