"""Every strategy: what it suggests, when it ends, what it repeats."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.search.strategies import create_search

from tests.search.space import XGBOOST, config, number, suggested

SAMPLED = ["Random", "Bayesian", "Hyperband"]


def suggestions(
    settings: dict[str, Any],
    count: int,
    objective: Callable[..., Any] = lambda hyperparameters: 0.0,
) -> list[dict[str, str]]:
    """Hyperparameters of a tuning job that trains one after the other."""
    search = create_search(settings)
    found: list[dict[str, str]] = []
    while len(found) < count and (suggestion := search.suggest()) is not None:
        found.append(suggestion.hyperparameters)
        search.observe(suggestion.number, objective(suggestion.hyperparameters))
    return found


def far_from_best(hyperparameters: dict[str, str]) -> float:
    """Best at eta 0.1 and gamma 1."""
    eta, gamma = float(hyperparameters["eta"]), float(hyperparameters["gamma"])
    return -((math.log10(eta) + 1) ** 2) - ((gamma - 1) / 5) ** 2


@pytest.mark.parametrize("strategy", SAMPLED)
def test_suggestions_are_texts_within_the_ranges(strategy: str) -> None:
    for hyperparameters in suggestions(config(strategy, **XGBOOST), 15, far_from_best):
        assert set(hyperparameters) == {"max_depth", "eta", "gamma", "tree_method"}
        assert 3 <= int(hyperparameters["max_depth"]) <= 10
        assert 0.01 <= float(hyperparameters["eta"]) <= 0.3
        assert 0 <= float(hyperparameters["gamma"]) <= 5
        assert hyperparameters["tree_method"] in ("hist", "exact")


@pytest.mark.parametrize("strategy", SAMPLED)
def test_suggestions_repeat_with_the_random_seed(strategy: str) -> None:
    runs = [suggestions(config(strategy, **XGBOOST), 13, far_from_best) for _ in range(2)]

    assert runs[0] == runs[1]


@pytest.mark.parametrize("strategy", SAMPLED)
def test_suggestions_differ_with_another_random_seed(strategy: str) -> None:
    one, other = (suggestions(config(strategy, seed=seed, **XGBOOST), 2) for seed in (1, 2))

    assert one[1] != other[1]


@pytest.mark.parametrize("strategy", SAMPLED)
def test_no_combination_is_suggested_twice_and_none_is_left_out(strategy: str) -> None:
    ranges: dict[str, Any] = {
        "IntegerParameterRanges": [number("max_depth", "1", "6")],
        "CategoricalParameterRanges": [{"Name": "booster", "Values": ["gbtree", "dart"]}],
    }

    found = suggestions(config(strategy, **ranges), 100)

    assert len(found) == len({tuple(each.items()) for each in found}) == 12


@pytest.mark.parametrize("strategy", SAMPLED)
def test_a_range_of_one_value_is_suggested_once(strategy: str) -> None:
    ranges: dict[str, Any] = {"ContinuousParameterRanges": [number("eta", "0.3", "0.3")]}

    assert suggestions(config(strategy, **ranges), 5) == [{"eta": "0.3"}]


@pytest.mark.parametrize("strategy", SAMPLED)
def test_failed_training_jobs_do_not_end_the_search(strategy: str) -> None:
    search = create_search(config(strategy, **XGBOOST))
    for value in (None, math.nan, math.inf, *[None] * 10):
        suggestion = suggested(search)
        search.observe(suggestion.number, value)

    assert search.suggest() is not None


@pytest.mark.parametrize("strategy", SAMPLED)
def test_hyperparameters_of_a_forgotten_training_job_are_not_suggested_again(strategy: str) -> None:
    booster = {"Name": "booster", "Values": ["gbtree", "dart"]}
    search = create_search(config(strategy, CategoricalParameterRanges=[booster]))
    found = []
    while (suggestion := search.suggest()) is not None:
        found.append(suggestion.hyperparameters["booster"])
        search.forget(suggestion.number)

    assert sorted(found) == ["dart", "gbtree"]


def test_grid_suggests_every_combination_once() -> None:
    ranges: dict[str, Any] = {
        "CategoricalParameterRanges": [
            {"Name": "booster", "Values": ["gbtree", "dart"]},
            {"Name": "tree_method", "Values": ["hist", "exact", "approx"]},
        ]
    }

    found = suggestions(config("Grid", **ranges), 100)

    assert Counter(each["booster"] for each in found) == {"gbtree": 3, "dart": 3}
    assert len({tuple(each.values()) for each in found}) == 6


@pytest.mark.parametrize(
    ("strategy", "ranges", "named"),
    [
        ("Grid", {"IntegerParameterRanges": [number("max_depth", "1", "3")]}, "max_depth"),
        ("Simplex", XGBOOST, "Strategy Simplex"),
        ("Random", {"AutoParameters": [{"Name": "eta", "ValueHint": "0.1"}]}, "AutoParameters"),
    ],
    ids=["grid-of-numbers", "unknown-strategy", "auto-parameters"],
)
def test_a_search_that_cannot_be_made_is_refused_by_name(
    strategy: str, ranges: dict[str, Any], named: str
) -> None:
    with pytest.raises(ValueError, match=named):
        create_search(config(strategy, **ranges))
