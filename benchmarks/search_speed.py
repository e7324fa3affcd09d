"""How long the Bayesian search thinks about the next training job, beside Optuna's TPE.

    python -m benchmarks.search_speed

Milliseconds of processor time, after 10, 50 and 200 observations, in a corner where the search has
converged, and with a parent of 10,000 training jobs. The last suggestions count.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Sequence

from local_sagemaker.search.parameter_ranges import read_parameter_ranges
from local_sagemaker.search.sampled import SampledSearch
from local_sagemaker.search.search import Observation, Search
from local_sagemaker.search.strategies import create_search

from benchmarks.harness.figure import Figure, at_most
from benchmarks.harness.result import publish
from benchmarks.playing.play import tpe_sampler

RANGES = {
    "ContinuousParameterRanges": [
        {"Name": name, "MinValue": "0", "MaxValue": "1", "ScalingType": "Linear"} for name in "xy"
    ],
    "IntegerParameterRanges": [
        {"Name": "n", "MinValue": "1", "MaxValue": "8", "ScalingType": "Linear"}
    ],
}
CONFIG = {
    "Strategy": "Bayesian",
    "HyperParameterTuningJobObjective": {"Type": "Maximize", "MetricName": "validation:auc"},
    "ParameterRanges": RANGES,
    "RandomSeed": 1,
}
LAST = 5  # suggestions that are timed

Height = Callable[[dict[str, str]], float]


def hill(hyperparameters: dict[str, str]) -> float:
    """Highest inside of the ranges."""
    x, y, n = (float(hyperparameters[name]) for name in "xyn")
    return 1 - (x - 0.3) ** 2 - (y - 0.7) ** 2 - ((n - 5) / 7) ** 2


def corner(hyperparameters: dict[str, str]) -> float:
    """Highest at the ends of all ranges."""
    return sum(float(hyperparameters[name]) for name in "xyn")


def thought(search: Search, jobs: int, height: Height) -> tuple[float, ...]:
    """Milliseconds of the LAST suggestions, after that many jobs one after the other."""
    spent = []
    for _ in range(jobs + LAST):
        began = time.process_time()
        suggestion = search.suggest()
        spent.append(1000 * (time.process_time() - began))
        assert suggestion is not None, "the ranges hold more than any search tries"
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    return tuple(spent[-LAST:])


def tpe(parents: Sequence[Sequence[Observation]] = ()) -> Search:
    ranges = read_parameter_ranges(RANGES)
    return SampledSearch(ranges, "Maximize", tpe_sampler(1, ranges), parents)


def parent(jobs: int) -> list[Observation]:
    draw = random.Random(0)
    found = [
        {"x": str(draw.random()), "y": str(draw.random()), "n": str(draw.randint(1, 8))}
        for _ in range(jobs)
    ]
    return [Observation(each, hill(each)) for each in found]


def main() -> None:
    figures = [
        Figure(
            f"processor time of a suggestion, {what}", "ms",
            thought(create_search(CONFIG, parents=parents), jobs, height),
            thought(tpe(parents), jobs, height), at_most(plus=50) if jobs == 50 else None,
        )
        for what, jobs, height, parents in (
            ("after 10 jobs", 10, hill, []),
            ("after 50 jobs", 50, hill, []),
            ("after 200 jobs", 200, hill, []),
            ("after 60 jobs, converged", 60, corner, []),
            ("with a parent of 10,000 jobs", 10, hill, [parent(10_000)]),
        )
    ]  # fmt: skip
    publish("search_speed", "How long the Bayesian search thinks", "Optuna's TPE", figures)


if __name__ == "__main__":
    main()
