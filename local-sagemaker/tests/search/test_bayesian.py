"""The Bayesian strategy: that it learns, and that it knows what is running."""

from __future__ import annotations

import math
import random
import statistics
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.search.search import Observation, Suggestion
from local_sagemaker.search.strategies import create_search

from tests.search.space import XGBOOST, config, number, suggested

PLANE: dict[str, Any] = {
    "ContinuousParameterRanges": [number("x", "0", "1"), number("y", "0", "1")],
    "IntegerParameterRanges": [number("n", "1", "8")],
}


def height(hyperparameters: dict[str, str]) -> float:
    """1 at x = 0.3, y = 0.7, n = 5."""
    x, y, n = (float(hyperparameters[name]) for name in "xyn")
    return 1 - (x - 0.3) ** 2 - (y - 0.7) ** 2 - ((n - 5) / 7) ** 2


def best_of(strategy: str, seed: int, objective: str, sign: int = 1) -> float:
    search = create_search(config(strategy, seed=seed, objective=objective, **PLANE))
    values = []
    for _ in range(22):
        suggestion = suggested(search)
        values.append(height(suggestion.hyperparameters))
        search.observe(suggestion.number, sign * values[-1])
    return max(values)


@pytest.mark.slow
@pytest.mark.parametrize(("objective", "sign"), [("Maximize", 1), ("Minimize", -1)])
def test_bayesian_search_comes_closer_than_random(objective: str, sign: int) -> None:
    found = {
        strategy: [best_of(strategy, seed, objective, sign) for seed in range(3)]
        for strategy in ("Bayesian", "Random")
    }

    assert min(found["Bayesian"]) > max(found["Random"])


def test_the_first_training_job_is_at_the_center_of_the_ranges() -> None:
    first = suggested(create_search(config("Bayesian", **PLANE))).hyperparameters

    assert (float(first["x"]), float(first["y"])) == pytest.approx((0.5, 0.5))
    assert first["n"] in ("4", "5")


def closest_of_four_running(seed: int) -> float:
    """The least distance between four suggestions of which none has ended."""
    search = create_search(config("Bayesian", seed=seed, **PLANE))
    for _ in range(12):
        suggestion = suggested(search)
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    running = [suggested(search).hyperparameters for _ in range(4)]
    points = [[float(each["x"]), float(each["y"]), float(each["n"]) / 7] for each in running]
    return min(math.dist(a, b) for i, a in enumerate(points) for b in points[:i])


def test_parallel_suggestions_lie_apart() -> None:
    assert statistics.mean(closest_of_four_running(seed) for seed in range(4)) > 0.08


def values_found(objective: Callable[..., Any], seed: int) -> list[Any]:
    """The objective values of 22 training jobs; None of those that failed."""
    search, values = create_search(config("Bayesian", seed=seed, **PLANE)), []
    for _ in range(22):
        suggestion = suggested(search)
        values.append(objective(suggestion.hyperparameters))
        search.observe(suggestion.number, values[-1])
    return values


def failing_beyond(hyperparameters: dict[str, str]) -> float | None:
    """Grows with x, but from 0.4 on training fails."""
    x = float(hyperparameters["x"])
    return None if x > 0.4 else height(hyperparameters) + x


@pytest.mark.parametrize("seed", range(3))
def test_the_search_leaves_a_region_where_training_fails(seed: int) -> None:
    values = values_found(failing_beyond, seed)

    assert values[6:].count(None) < 5
    assert max(value for value in values if value is not None) > 1.2


def diverging_beyond(hyperparameters: dict[str, str]) -> float:
    x = float(hyperparameters["x"])
    return height(hyperparameters) if x < 0.6 else -1e6 * x


@pytest.mark.parametrize("seed", range(3))
def test_outliers_do_not_hide_the_differences_between_good_values(seed: int) -> None:
    assert max(values_found(diverging_beyond, seed)) > 0.96


def distance_after(end: Callable[..., Any], seed: int) -> float:
    """Between a suggestion that got no value and the next one."""
    search = create_search(config("Bayesian", seed=seed, **PLANE))
    for _ in range(12):
        suggestion = suggested(search)
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    valueless = suggested(search)
    end(search, valueless.number)
    return math.dist(*map(coordinates, (valueless, suggested(search))))


def coordinates(suggestion: Suggestion) -> tuple[float, float, float]:
    x, y, n = (float(suggestion.hyperparameters[name]) for name in "xyn")
    return x, y, n / 8


@pytest.mark.slow
def test_a_training_job_that_ended_from_outside_is_not_held_against_its_neighbourhood() -> None:
    failed = [
        distance_after(lambda search, number: search.observe(number, None), s) for s in range(15)
    ]
    stopped = [distance_after(lambda search, number: search.forget(number), s) for s in range(15)]

    assert statistics.median(stopped) < 0.3 < 0.45 < statistics.median(failed)


def test_equal_objective_values_do_not_stop_the_search() -> None:
    search = create_search(config("Bayesian", **XGBOOST))
    for _ in range(12):
        search.observe(suggested(search).number, 0.5)

    assert search.suggest() is not None


@pytest.mark.slow
def test_a_search_that_has_converged_goes_on_with_new_hyperparameters() -> None:
    """The best is in a corner, where points cut off at the ends of the ranges are equal."""
    search = create_search(config("Bayesian", **PLANE))
    seen: set[tuple[float, float, float]] = set()
    for _ in range(60):
        suggestion = suggested(search)
        x, y, n = (float(suggestion.hyperparameters[name]) for name in "xyn")
        seen.add((x, y, n))
        search.observe(suggestion.number, x + y + n)

    assert len(seen) == 60


@pytest.mark.slow
def test_ten_thousand_observations_lead_to_the_best_at_once() -> None:
    draw = random.Random(0)
    settings = [
        {"x": str(draw.random()), "y": str(draw.random()), "n": str(draw.randint(1, 8))}
        for _ in range(10_000)
    ]
    parent = [Observation(each, height(each)) for each in settings]
    search = create_search(config("Bayesian", **PLANE), parents=[parent])

    suggestion = suggested(search)

    assert height(suggestion.hyperparameters) > 0.9
