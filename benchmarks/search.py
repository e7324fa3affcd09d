"""How good the search strategies are: median normalised regret on surrogates of XGBoost tuning.

    python benchmarks/search.py DATA [--seeds 10] [--trials 20] [--parallel 3]

DATA is a folder with surrogate.py and surr_<task>.npz: functions fitted to trainings of XGBoost
on six data sets, with noise of the estimated size. Regret 0 is the best known configuration, 1 a
median random one. Workers are asynchronous: a trial ends in the order it was started, while the
others run. The incumbent is chosen by its observed value and judged by its noise-free one.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
import warnings
from collections import deque
from pathlib import Path
from typing import Any

import numpy as np
import optuna
import sklearn.gaussian_process  # noqa: F401  (its import is not part of the time measured)

from local_aws.search.parameter_ranges import read_parameter_ranges
from local_aws.search.sampled import SampledSearch, bayesian_sampler, random_sampler
from local_aws.search.search import Search

TASKS = ("bank", "telco", "caravan", "magic", "adult", "california")
SCALING = {"log": "Logarithmic", "lin": "Linear"}


def tpe_sampler(seed: int) -> optuna.samplers.BaseSampler:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", optuna.exceptions.ExperimentalWarning)
        return optuna.samplers.TPESampler(seed=seed)


STRATEGIES = {"Random": random_sampler, "TPE (Optuna)": tpe_sampler, "Bayesian": bayesian_sampler}


def load_surrogates(folder: Path) -> Any:
    spec = importlib.util.spec_from_file_location("surrogate", folder / "surrogate.py")
    if spec is None or spec.loader is None:
        raise SystemExit(f"{folder}: no surrogate.py there")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parameter_ranges(space: list[tuple[str, str, float, float]]) -> dict[str, list[Any]]:
    ranges: dict[str, list[Any]] = {"IntegerParameterRanges": [], "ContinuousParameterRanges": []}
    for name, kind, low, high in space:
        key = "IntegerParameterRanges" if kind == "int" else "ContinuousParameterRanges"
        scaling = SCALING.get(kind, "Linear")
        ranges[key].append(
            {"Name": name, "MinValue": str(low), "MaxValue": str(high), "ScalingType": scaling}
        )
    return ranges


def tune(search: Search, objective: Any, options: argparse.Namespace, seed: int) -> float:
    """The normalised regret of a tuning job's best training job."""
    noise = np.random.default_rng(seed)
    running: deque[tuple[int, float]] = deque()
    ended: list[tuple[float, float]] = []
    for started in range(options.trials + options.parallel):
        if started >= options.parallel:
            number, truth = running.popleft()
            observed = truth + objective.sigma * noise.standard_normal()
            ended.append((observed, truth))
            search.observe(number, observed)
        if started < options.trials:
            suggestion = search.suggest()
            assert suggestion is not None
            running.append((suggestion.number, evaluate(objective, suggestion.hyperparameters)))
    chosen = max(ended)[1]
    return float((objective.fbest - chosen) / (objective.fbest - objective.fmed))


def evaluate(objective: Any, hyperparameters: dict[str, str]) -> float:
    point = objective.unit({name: float(text) for name, text in hyperparameters.items()})
    return float(objective(point)[0])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--seeds", type=int, default=10)
    parser.add_argument("--trials", type=int, default=20)
    parser.add_argument("--parallel", type=int, default=3)
    options = parser.parse_args()
    surrogates = load_surrogates(options.data)
    ranges = read_parameter_ranges(parameter_ranges(surrogates.SPACE))
    blocks = [(task, seed) for task in TASKS for seed in range(options.seeds)]
    regrets: dict[str, list[float]] = {name: [] for name in STRATEGIES}
    seconds = dict.fromkeys(STRATEGIES, 0.0)
    for task, seed in blocks:
        objective = surrogates.Surr(task)
        objective.unit = surrogates.unit
        for name, sampler in STRATEGIES.items():
            search = SampledSearch(ranges, "Maximize", sampler(seed))
            began = time.perf_counter()
            regrets[name].append(tune(search, objective, options, seed))
            seconds[name] += time.perf_counter() - began
    report(regrets, seconds, len(blocks) * options.trials)


def report(regrets: dict[str, list[float]], seconds: dict[str, float], suggestions: int) -> None:
    print(f"{'strategy':14} {'median regret':>13} {'mean':>6} {'beats/loses':>13} {'s/trial':>8}")
    chance = np.array(regrets["Random"])
    for name, values in regrets.items():
        found = np.array(values)
        wins = (
            "-"
            if name == "Random"
            else f"{np.mean(found < chance):.0%}/{np.mean(found > chance):.0%}"
        )
        print(
            f"{name:14} {np.median(found):13.3f} {found.mean():6.3f} {wins:>13} "
            f"{seconds[name] / suggestions:8.4f}"
        )


if __name__ == "__main__":
    sys.exit(main())
