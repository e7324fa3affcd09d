"""Warm start: the search learns from the training jobs of parents."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.search.search import Observation
from local_sagemaker.search.strategies import create_search

from tests.search.space import config, number, suggested

PLANE: dict[str, Any] = {
    "ContinuousParameterRanges": [number("x", "0", "1"), number("y", "0", "1")]
}


def distance(hyperparameters: dict[str, str]) -> float:
    """From the best point."""
    return abs(float(hyperparameters["x"]) - 0.3) + abs(float(hyperparameters["y"]) - 0.7)


def parent(scale: float = 1.0) -> list[Observation]:
    """Random training jobs, with one of a hyperparameter range wider than the child's."""
    search = create_search(config("Random", **PLANE))
    found = [suggested(search).hyperparameters for _ in range(30)]
    jobs = [Observation(each, -scale * distance(each)) for each in found]
    return [*jobs, Observation({"x": "7", "y": "0.5"}, 1000.0)]


@pytest.mark.parametrize("transfer", [False, True], ids=["identical", "transfer"])
def test_the_first_suggestions_of_a_child_are_near_the_best_of_its_parents(transfer: bool) -> None:
    parents = [parent(), parent(scale=50)] if transfer else [parent()]
    search = create_search(config("Bayesian", **PLANE), parents=parents, transfer=transfer)

    assert min(distance(suggested(search).hyperparameters) for _ in range(3)) < 0.1


@pytest.mark.parametrize("transfer", [False, True], ids=["identical", "transfer"])
def test_a_parent_that_misleads_is_soon_not_believed(transfer: bool) -> None:
    misleading = parent(scale=-1)[:-1]  # best where the child is worst
    search = create_search(config("Bayesian", **PLANE), parents=[misleading], transfer=transfer)
    found = []

    for _ in range(15):
        suggestion = suggested(search)
        found.append(distance(suggestion.hyperparameters))
        search.observe(suggestion.number, -found[-1])

    assert min(found) < 0.1
