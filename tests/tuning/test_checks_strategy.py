"""Strategies, limits, channels and names that contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tuning.checks import search_space
from tuning.checks.check_input import check_input
from tuning.execution_input.execution_input import ExecutionInput
from tuning.execution_input.search_space import SearchSpace
from tuning.request_types import CategoricalParameterRange

from tests.tuning.refusals import refusal, refusals

TRAIN, VALIDATION = "s3://my-bucket/train/", "s3://my-bucket/validation/"


def hyperband(**resources: int) -> dict[str, Any]:
    return {
        "Strategy": "Hyperband",
        "StrategyConfig": {"HyperbandStrategyConfig": resources},
    }


@pytest.mark.parametrize(
    ("document", "field", "value", "words"),
    [
        (
            {"ResourceLimits": {"MaxNumberOfTrainingJobs": 3, "MaxParallelTrainingJobs": 4}},
            "ResourceLimits.MaxParallelTrainingJobs",
            4,
            "Use at most 3.",
        ),
        (
            {**hyperband(MaxResource=9), "Strategy": "Random"},
            "StrategyConfig",
            {"HyperbandStrategyConfig": {"MaxResource": 9}},
            "set Strategy to Hyperband",
        ),
        (
            {**hyperband(MaxResource=9), "TrainingJobEarlyStoppingType": "Auto"},
            "TrainingJobEarlyStoppingType",
            "Auto",
            "Set it to Off.",
        ),
        (
            {"Strategy": "Hyperband"},
            "StrategyConfig.HyperbandStrategyConfig.MaxResource",
            None,
            "the value of num_round",
        ),
        (
            hyperband(MinResource=10, MaxResource=9),
            "StrategyConfig.HyperbandStrategyConfig.MinResource",
            10,
            "Swap the two.",
        ),
        ({"Strategy": "Grid"}, "Strategy", "Grid", "Use Bayesian or Random."),
        (
            {"Channels": {"train": TRAIN}},
            "Channels.validation",
            None,
            "validation:auc is measured on it.",
        ),
        ({"Channels": {"validation": TRAIN}}, "Channels.train", None, "learns from it"),
        (
            {"Channels": {"train": TRAIN, "validation": VALIDATION, "tests": "s3://abc/x/"}},
            "Channels.tests",
            "s3://abc/x/",
            "has no such channel",
        ),
        (
            {"Channels": {"train": "s3://my-bucket/data", "validation": "s3://my-bucket/data2/"}},
            "Channels.train",
            "s3://my-bucket/data",
            "end the folder with /",
        ),
        (
            {"Channels": {"train": TRAIN, "validation": TRAIN}},
            "Channels.train",
            TRAIN,
            "training has seen",
        ),
        (
            {"Retrain": {"Channels": {"trian": TRAIN}}},
            "Retrain.Channels.trian",
            TRAIN,
            "Did you mean train?",
        ),
        (
            {"ContentType": "text/csv;label_size=1"},
            "ContentType",
            "text/csv;label_size=1",
            "Known: text/csv",
        ),
        (
            {"Endpoint": {"EndpointName": "shop"}},
            "Endpoint.EndpointName",
            "shop",
            "Use retune or retune-shop.",
        ),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 60 else None,
)
def test_contradiction_is_refused(
    document: dict[str, Any], field: str, value: Any, words: str
) -> None:
    fault = refusal(document)
    assert (fault.field, fault.value) == (field, value)
    assert words in str(fault)


def test_more_hyperparameters_than_sagemaker_takes_are_refused() -> None:
    static = {"objective": "binary:logistic", "num_round": "9"}
    static.update({f"extra_{number}": "1" for number in range(100)})
    fields = [fault.field for fault in refusals({"StaticHyperParameters": static})]
    assert "StaticHyperParameters" in fields


def test_hyperband_with_max_resource_is_accepted() -> None:
    check_input(hyperband(MinResource=10, MaxResource=100), name_prefix="retune")


def grid(jobs: int, hyperparameters: int = 2) -> tuple[ExecutionInput, SearchSpace]:
    """A run over categorical hyperparameters of three values each; XGBoost has none to tune."""
    run = check_input(
        {"ResourceLimits": {"MaxNumberOfTrainingJobs": jobs}}, name_prefix="retune"
    ).model_copy(update={"strategy": "Grid"})
    entries: Iterator[CategoricalParameterRange] = (
        {"Name": f"h{n}", "Values": ["a", "b", "c"]} for n in range(hyperparameters)
    )
    return run, SearchSpace((), (), tuple(entries), {})


@pytest.mark.parametrize("jobs", [8, 10])
def test_grid_tries_every_combination_once(jobs: int) -> None:
    (fault,) = search_space.check(*grid(jobs))
    assert (fault.value, fault.fix) == (jobs, "Set it to 9.")


def test_grid_with_the_number_of_combinations_is_accepted() -> None:
    assert list(search_space.check(*grid(9))) == []


def test_more_ranges_than_sagemaker_searches_are_refused() -> None:
    (fault,) = search_space.check(*grid(9, hyperparameters=31))
    assert (fault.field, fault.value) == ("ParameterRanges", "31 ranges")
