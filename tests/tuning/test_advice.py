"""Advice on the next search: silent on noise, and right where something was planted."""

from __future__ import annotations

import math
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from scipy.stats import hypergeom
from tuning.report.advice.advice import Advice, advise
from tuning.report.advice.suggestion import chance_of
from tuning.report.run import Run
from tuning.report.search import Search
from tuning.trials.trials import Trial

from tests.tuning.recorded import IMAGE, RANGES, STARTED
from tests.tuning.searches import described

Point = dict[str, Any]
SEARCHES = 40
DEFINITION = {
    "AlgorithmSpecification": {"TrainingImage": IMAGE, "TrainingInputMode": "File"},
    "RoleArn": "arn:aws:iam::123456789012:role/training",
    "OutputDataConfig": {"S3OutputPath": "s3://bucket/"},
    "StoppingCondition": {"MaxRuntimeInSeconds": 60},
}
METHODS = {
    **RANGES,
    "CategoricalParameterRanges": [{"Name": "method", "Values": ["hist", "exact"]}],
}


def draw(source: random.Random) -> Point:
    """Somewhere in the lesson's ranges."""
    return {
        "max_depth": source.randint(3, 10),
        "eta": math.exp(source.uniform(math.log(0.01), math.log(0.3))),
        "gamma": source.uniform(0, 5),
    }


def crowding(seed: int, trials: int) -> list[Point]:
    """As a search does that follows what was best so far, though the metric is noise."""
    source = random.Random(seed)
    points, best, record = [], draw(source), -math.inf
    for _ in range(trials):
        point = draw(source) if source.random() < 0.4 else best
        nearby = {**point, "gamma": min(5, max(0, point["gamma"] + source.gauss(0, 0.3)))}
        points.append(nearby)
        if (value := source.gauss(0, 1)) > record:
            best, record = nearby, value
    return points


def advice_on(
    points: list[Point], value: Callable[[Point], float | None], ranges: object = RANGES
) -> Advice:
    """Of a search that tried these; one without a value has failed."""
    trials = []
    for number, point in enumerate(points, start=1):
        found = value(point)
        trials.append(
            Trial(
                name=f"job-{number:03d}",
                status="Failed" if found is None else "Completed",
                created=STARTED + timedelta(minutes=number),
                tuned_hyperparameters={name: str(text) for name, text in point.items()},
                value=found,
            )
        )
    assert isinstance(ranges, dict)
    return advise(
        Run(search=Search.of(described(ranges=ranges, TrainingJobDefinition=DEFINITION), trials))
    )


def random_points(seed: int, trials: int) -> list[Point]:
    source = random.Random(seed)
    return [draw(source) for _ in range(trials)]


@pytest.mark.parametrize("points", [random_points, crowding], ids=["at random", "crowding"])
def test_noise_gets_no_advice_in_19_of_20_searches(
    points: Callable[[int, int], list[Point]],
) -> None:
    advised = 0
    for seed in range(SEARCHES):
        noise = random.Random(1000 + seed)
        found = advice_on(points(seed, 50), lambda point, noise=noise: noise.gauss(0, 1))  # type: ignore[misc]
        advised += bool(found.suggestions)
    assert advised <= SEARCHES // 20


@pytest.mark.parametrize("seed", range(2))
def test_planted_edge_is_to_be_widened(seed: int) -> None:
    noise = random.Random(seed)
    found = advice_on(
        random_points(seed, 60), lambda point: point["max_depth"] + noise.gauss(0, 0.5)
    )
    (depth,) = (each for each in found.suggestions if each.name == "max_depth")
    assert depth.sentence.startswith("Widen max_depth: ")
    assert "raise MaxValue to 14." in depth.sentence
    wider = {"MinValue": "3", "MaxValue": "14", "ScalingType": "Linear"}
    assert found.next_input["ParameterRanges"]["max_depth"] == wider
    assert found.next_input["ParameterRanges"]["eta"] == {
        "MinValue": "0.01",
        "MaxValue": "0.3",
        "ScalingType": "Logarithmic",
    }


@pytest.mark.parametrize("seed", range(2))
def test_planted_valley_is_to_be_narrowed(seed: int) -> None:
    noise = random.Random(seed)
    found = advice_on(
        random_points(seed, 80),
        lambda point: -abs(math.log(point["eta"] / 0.05)) + noise.gauss(0, 0.02),
    )
    (eta,) = (each for each in found.suggestions if each.name == "eta")
    assert eta.sentence.startswith("Narrow eta: the best 20 of 80 training jobs all lie between")
    assert eta.range is not None
    assert 0.01 < float(eta.range["MinValue"]) < 0.05 < float(eta.range["MaxValue"]) < 0.3


def test_hyperparameter_without_effect_is_to_be_dropped_and_its_best_value_kept() -> None:
    found = advice_on(random_points(3, 100), lambda point: -((point["max_depth"] - 6) ** 2))
    dropped = {each.name for each in found.suggestions if each.sentence.startswith("Drop")}
    assert dropped
    assert "max_depth" not in dropped
    assert set(found.next_input["StaticHyperParameters"]) == dropped
    assert dropped.isdisjoint(found.next_input["ParameterRanges"])


def test_failures_that_cluster_are_to_be_avoided() -> None:
    found = advice_on(
        random_points(5, 40),
        lambda point: None if point["max_depth"] >= 9 else 0.5,
    )
    (depth,) = found.suggestions
    assert depth.sentence.startswith("Avoid max_depth from 8.25 to 10: ")
    assert depth.sentence.endswith(" elsewhere.")
    assert depth.range == {"MinValue": "3", "MaxValue": "8", "ScalingType": "Linear"}


def test_value_with_which_training_jobs_fail_is_to_be_left_out() -> None:
    points = random_points(6, 30)
    methods = ["hist", "exact"] * 15
    for point, method in zip(points, methods, strict=True):
        point["method"] = method
    found = advice_on(points, lambda point: None if point["method"] == "exact" else 0.5, METHODS)
    (advised,) = found.suggestions
    assert advised.sentence == (
        "Avoid method exact: 15 of 15 training jobs failed there, 0 of 15 elsewhere."
    )
    assert advised.range == {"Values": ["hist"]}


def test_few_training_jobs_get_no_advice() -> None:
    assert advice_on(random_points(1, 15), lambda point: point["max_depth"]).suggestions == ()


@pytest.mark.parametrize(
    "case", [(3, 5, 10, 40), (5, 5, 8, 30), (0, 4, 6, 20), (4, 4, 3, 20), (800, 2500, 3000, 10_000)]
)
def test_chance_is_that_of_the_hypergeometric_distribution(case: tuple[int, int, int, int]) -> None:
    hits, drawn, marked, all_ = case
    expected = hypergeom.sf(hits - 1, all_, marked, drawn)
    assert chance_of(hits, drawn, marked, all_) == pytest.approx(expected)
