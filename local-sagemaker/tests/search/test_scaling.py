"""Scaling types: where in a range the suggestions fall."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.search.strategies import create_search

from tests.search.space import config, number, suggested

DRAWS = 400
OTHER = number("other", "0", "1")  # makes every combination a new one


def drawn(**ranges: Any) -> list[float]:
    search = create_search(config("Random", **ranges))
    return [float(suggested(search).hyperparameters["x"]) for _ in range(DRAWS)]


@pytest.mark.parametrize(
    ("low", "high", "scaling", "middle"),
    [
        ("0", "10", "Linear", 5),
        ("0.0001", "1", "Linear", 0.5),
        ("0.0001", "1", "Logarithmic", 0.01),
        ("0.9", "0.999", "ReverseLogarithmic", 0.99),
        ("0.01", "1", "Auto", 0.1),
        ("0.02", "1", "Auto", 0.51),
        ("0", "1000", "Auto", 500),
    ],
    ids=[
        "linear",
        "linear-over-decades",
        "logarithmic",
        "reverse-logarithmic",
        "auto-is-logarithmic-from-a-ratio-of-100",
        "auto-is-linear-below",
        "auto-is-linear-from-zero",
    ],
)
def test_half_of_the_suggestions_are_below_the_middle_of_the_scale(
    low: str, high: str, scaling: str, middle: float
) -> None:
    values = drawn(ContinuousParameterRanges=[number("x", low, high, scaling), OTHER])

    assert sum(value <= middle for value in values) / DRAWS == pytest.approx(0.5, abs=0.08)


def test_integers_have_equal_shares_on_a_linear_scale() -> None:
    values = drawn(
        IntegerParameterRanges=[number("x", "1", "4")], ContinuousParameterRanges=[OTHER]
    )

    shares = {value: values.count(value) / DRAWS for value in (1, 2, 3, 4)}
    assert shares == pytest.approx(dict.fromkeys((1, 2, 3, 4), 0.25), abs=0.08)


def test_integers_can_be_logarithmic() -> None:
    values = drawn(
        IntegerParameterRanges=[number("x", "1", "1000", "Logarithmic")],
        ContinuousParameterRanges=[OTHER],
    )

    assert sum(value <= 31 for value in values) / DRAWS == pytest.approx(0.5, abs=0.08)
