"""The knowledge about XGBoost, held against the container that local AWS trains with."""

from __future__ import annotations

from decimal import Decimal

import pytest
from local_sagemaker.containers.xgboost.hyperparameters import ALIASES, TABLE
from local_sagemaker.containers.xgboost.metric_names import MAXIMIZED, MINIMIZED
from local_sagemaker.containers.xgboost.version_history import DROPPED
from local_sagemaker.sagemaker.algorithms.builtin_images import find_builtin
from tuning.algorithms.algorithm import load_algorithm, release
from tuning.algorithms.images import image_uri
from tuning.algorithms.valid_range import ValidRange, number

XGBOOST = load_algorithm("xgboost")


def test_hyperparameters_are_those_of_the_container() -> None:
    assert set(XGBOOST.hyperparameters) | {"_tuning_objective_metric"} == set(TABLE) - set(DROPPED)
    assert XGBOOST.aliases == ALIASES


def test_metrics_and_their_directions_are_those_of_the_container() -> None:
    directions = {metric.name: metric.type for metric in XGBOOST.metrics.values()}
    assert directions == {
        **{f"validation:{name}": "Maximize" for name in MAXIMIZED},
        **{f"validation:{name}": "Minimize" for name in MINIMIZED},
    }


def test_tunable_hyperparameters_and_their_kinds_are_those_of_sagemaker() -> None:
    builtin = find_builtin(image_uri("xgboost", "3.0-5", "eu-west-1"))
    assert builtin is not None
    assert {name: XGBOOST.hyperparameters[name].tuned_as for name in XGBOOST.tunable} == {
        name: tunable.type for name, tunable in builtin.tunables.items()
    }


def test_defaults_and_recommended_bounds_are_valid_values() -> None:
    for known in XGBOOST.hyperparameters.values():
        for text in (*known.recommended, *([known.default] if known.default else [])):
            value = number(text)
            in_range = known.range is not None and value is not None and value in known.range
            assert text in known.choices or in_range, known


def test_every_objective_has_a_metric() -> None:
    for objective in XGBOOST.hyperparameters["objective"].choices:
        assert any(metric.fits_objective(objective) for metric in XGBOOST.metrics.values())


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("[0, 1]", ["0", "1", "0.5"], ["-0.1", "1.1"]),
        ("(0, 1)", ["0.5"], ["0", "1"]),
        ("[1, inf)", ["1", "1e9"], ["0.999"]),
    ],
)
def test_interval_holds_its_numbers(text: str, inside: list[str], outside: list[str]) -> None:
    interval = ValidRange.parse(text)
    assert all(Decimal(value) in interval for value in inside)
    assert not any(Decimal(value) in interval for value in outside)


@pytest.mark.parametrize("text", ["", "1,5", "nan", "inf", "0x10", "one"])
def test_text_that_is_no_finite_number(text: str) -> None:
    assert number(text) is None


def test_releases_compare_by_number() -> None:
    assert release("1.7-1") < release("3.0-5") < release("3.2-0") < release("10.0-1")
