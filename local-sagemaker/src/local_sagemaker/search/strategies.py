"""The strategies of Automatic Model Tuning, by their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from local_sagemaker.search.search import Observation, Search


def create_search(
    config: Mapping[str, Any],
    *,
    parents: Sequence[Sequence[Observation]] = (),
    transfer: bool = False,
) -> Search:
    """The search that a HyperParameterTuningJobConfig asks for.

    Hyperband suggests at random; ending weak training jobs early is not part of a search.

    The Bayesian strategy learns from the training jobs of parents, one sequence a parent, as far
    as the job's own values show that a parent is like it. What counts are a parent's objective
    values relative to each other. Without transfer (WarmStartType IdenticalDataAndAlgorithm) it
    suggests nothing that a parent has trained; with it (TransferLearning) it may. Training jobs
    outside of this job's ranges are left out.

    With a RandomSeed the suggestions are the same in every run; for Bayesian only if the
    objective values are the same and are observed in the same order. Raises ValueError for a
    strategy or for ranges that cannot be searched.
    """
    # Optuna takes most of a second to import: not before a tuning job needs it.
    from local_sagemaker.search.grid import GridSearch
    from local_sagemaker.search.parameter_ranges import read_parameter_ranges
    from local_sagemaker.search.sampled import SampledSearch, bayesian_sampler, random_sampler

    ranges = read_parameter_ranges(config["ParameterRanges"])
    strategy, seed = config["Strategy"], config.get("RandomSeed")
    direction = config["HyperParameterTuningJobObjective"]["Type"]
    if strategy == "Grid":
        return GridSearch(ranges)
    if strategy == "Bayesian":
        return SampledSearch(ranges, direction, bayesian_sampler(seed, ranges), parents, transfer)
    if strategy in ("Random", "Hyperband"):
        return SampledSearch(ranges, direction, random_sampler(seed))
    raise ValueError(f"Strategy {strategy}: must be Bayesian, Random, Hyperband or Grid")
