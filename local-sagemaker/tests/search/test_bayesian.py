"""The Bayesian strategy: that it learns, and that it knows what is running."""

from __future__ import annotations

import math
import random
import statistics
import time

import pytest
from local_sagemaker.search import Observation, create_search

from tests.search.space import XGBOOST, config, number

PLANE = {
    "ContinuousParameterRanges": [number("x", "0", "1"), number("y", "0", "1")],
    "IntegerParameterRanges": [number("n", "1", "8")],
}


def height(hyperparameters):
    """1 at x = 0.3, y = 0.7, n = 5."""
    x, y, n = (float(hyperparameters[name]) for name in "xyn")
    return 1 - (x - 0.3) ** 2 - (y - 0.7) ** 2 - ((n - 5) / 7) ** 2


def best_of(strategy, seed, objective, sign=1):
    search = create_search(config(strategy, seed=seed, objective=objective, **PLANE))
    values = []
    for _ in range(22):
        suggestion = search.suggest()
        values.append(height(suggestion.hyperparameters))
        search.observe(suggestion.number, sign * values[-1])
    return max(values)


@pytest.mark.parametrize(("objective", "sign"), [("Maximize", 1), ("Minimize", -1)])
def test_bayesian_search_comes_closer_than_random(objective, sign):
    found = {
        strategy: [best_of(strategy, seed, objective, sign) for seed in range(3)]
        for strategy in ("Bayesian", "Random")
    }

    assert min(found["Bayesian"]) > max(found["Random"])


def test_the_first_training_job_is_at_the_center_of_the_ranges():
    first = create_search(config("Bayesian", **PLANE)).suggest().hyperparameters

    assert (float(first["x"]), float(first["y"])) == pytest.approx((0.5, 0.5))
    assert first["n"] in ("4", "5")


def closest_of_four_running(seed):
    """The least distance between four suggestions of which none has ended."""
    search = create_search(config("Bayesian", seed=seed, **PLANE))
    for _ in range(12):
        suggestion = search.suggest()
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    running = [search.suggest().hyperparameters for _ in range(4)]
    points = [[float(each["x"]), float(each["y"]), float(each["n"]) / 7] for each in running]
    return min(math.dist(a, b) for i, a in enumerate(points) for b in points[:i])


def test_parallel_suggestions_lie_apart():
    assert statistics.mean(closest_of_four_running(seed) for seed in range(4)) > 0.08


def values_found(objective, seed):
    """The objective values of 22 training jobs; None of those that failed."""
    search, values = create_search(config("Bayesian", seed=seed, **PLANE)), []
    for _ in range(22):
        suggestion = search.suggest()
        values.append(objective(suggestion.hyperparameters))
        search.observe(suggestion.number, values[-1])
    return values


def failing_beyond(hyperparameters):
    """Grows with x, but from 0.4 on training fails."""
    x = float(hyperparameters["x"])
    return None if x > 0.4 else height(hyperparameters) + x


@pytest.mark.parametrize("seed", range(3))
def test_the_search_leaves_a_region_where_training_fails(seed):
    values = values_found(failing_beyond, seed)

    assert values[6:].count(None) < 5
    assert max(value for value in values if value is not None) > 1.2


def diverging_beyond(hyperparameters):
    x = float(hyperparameters["x"])
    return height(hyperparameters) if x < 0.6 else -1e6 * x


@pytest.mark.parametrize("seed", range(3))
def test_outliers_do_not_hide_the_differences_between_good_values(seed):
    assert max(values_found(diverging_beyond, seed)) > 0.96


def distance_after(end, seed):
    """Between a suggestion that got no value and the next one."""
    search = create_search(config("Bayesian", seed=seed, **PLANE))
    for _ in range(12):
        suggestion = search.suggest()
        search.observe(suggestion.number, height(suggestion.hyperparameters))
    valueless = search.suggest()
    end(search, valueless.number)
    return math.dist(*map(coordinates, (valueless, search.suggest())))


def coordinates(suggestion):
    x, y, n = (float(suggestion.hyperparameters[name]) for name in "xyn")
    return x, y, n / 8


def test_a_training_job_that_ended_from_outside_is_not_held_against_its_neighbourhood():
    failed = [
        distance_after(lambda search, number: search.observe(number, None), s) for s in range(15)
    ]
    stopped = [distance_after(lambda search, number: search.forget(number), s) for s in range(15)]

    assert statistics.median(stopped) < 0.3 < 0.45 < statistics.median(failed)


def test_equal_objective_values_do_not_stop_the_search():
    search = create_search(config("Bayesian", **XGBOOST))
    for _ in range(12):
        search.observe(search.suggest().number, 0.5)

    assert search.suggest() is not None


def test_a_search_that_has_converged_goes_on_with_new_hyperparameters_in_a_moment():
    """The best is in a corner, where points cut off at the ends of the ranges are equal."""
    search, suggested, seconds = create_search(config("Bayesian", **PLANE)), set(), []
    for _ in range(60):
        began = time.process_time()
        suggestion = search.suggest()
        seconds.append(time.process_time() - began)
        x, y, n = (float(suggestion.hyperparameters[name]) for name in "xyn")
        suggested.add((x, y, n))
        search.observe(suggestion.number, x + y + n)

    assert len(suggested) == 60
    assert statistics.median(seconds[-20:]) < 0.25


def test_ten_thousand_observations_do_not_hold_up_the_search():
    draw = random.Random(0)
    settings = [
        {"x": str(draw.random()), "y": str(draw.random()), "n": str(draw.randint(1, 8))}
        for _ in range(10_000)
    ]
    parent = [Observation(each, height(each)) for each in settings]
    search = create_search(config("Bayesian", **PLANE), parents=[parent])
    search.suggest()

    began = time.process_time()
    suggestion = search.suggest()

    assert time.process_time() - began < 3
    assert height(suggestion.hyperparameters) > 0.9
