"""How long the Bayesian search thinks about the next training job: seconds of processor time.

    python -m benchmarks.search_speed

After 10, 50 and 200 observations, in a corner where the search has converged, and with a parent of
10,000 training jobs. The median of the last suggestions counts.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable

from local_sagemaker.search.search import Observation, Search
from local_sagemaker.search.strategies import create_search

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


def seconds(search: Search, jobs: int, height: Height) -> float:
    """Processor time for a suggestion, after that many training jobs one after the other."""
    spent = []
    for _ in range(jobs + LAST):
        began = time.process_time()
        suggestion = search.suggest()
        spent.append(time.process_time() - began)
        assert suggestion is not None, "the ranges hold more than any search tries"
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    return statistics.median(spent[-LAST:])


def parent(jobs: int) -> list[Observation]:
    draw = random.Random(0)
    found = [
        {"x": str(draw.random()), "y": str(draw.random()), "n": str(draw.randint(1, 8))}
        for _ in range(jobs)
    ]
    return [Observation(each, hill(each)) for each in found]


def main() -> None:
    for jobs in (10, 50, 200):
        print(f"after {jobs} jobs: {seconds(create_search(CONFIG), jobs, hill):.3f} s")
    print(f"converged, after 60 jobs: {seconds(create_search(CONFIG), 60, corner):.3f} s")
    taught = create_search(CONFIG, parents=[parent(10_000)])
    print(f"with a parent of 10,000 jobs: {seconds(taught, 1, hill):.3f} s")


if __name__ == "__main__":
    main()
