"""Ranges in the spellings of the lesson, of the input and of SageMaker's requests."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input
from tuning.execution_input.lay_over import lay_over
from tuning.execution_input.search_space import SearchSpace

from tests.tuning.refusals import refusal

XGBOOST = load_algorithm("xgboost")


def test_ranges_alone_are_an_input_as_the_lesson_prints_them() -> None:
    lesson = {
        "max_depth": {"MinValue": "3", "MaxValue": "10", "ScalingType": "Linear"},
        "eta": {"MinValue": "0.01", "MaxValue": "0.3", "ScalingType": "Logarithmic"},
        "gamma": {"MinValue": "0", "MaxValue": "5", "ScalingType": "Linear"},
    }
    run = check_input(lesson, name_prefix="retune")
    assert run == check_input({"ParameterRanges": lesson}, name_prefix="retune")


def test_sagemakers_spelling_of_ranges_means_the_same() -> None:
    lists = {
        "IntegerParameterRanges": [{"Name": "max_depth", "MinValue": "3", "MaxValue": "30"}],
        "ContinuousParameterRanges": [{"Name": "eta", "MinValue": "0.1", "MaxValue": "0.3"}],
    }
    short = {
        "max_depth": {"MinValue": "3", "MaxValue": "30"},
        "eta": {"MinValue": "0.1", "MaxValue": "0.3"},
    }
    first, second = (
        check_input({"ParameterRanges": ranges}, name_prefix="retune") for ranges in (lists, short)
    )
    assert SearchSpace.of(first, XGBOOST) == SearchSpace.of(second, XGBOOST)


def test_range_given_twice_in_sagemakers_spelling_is_refused() -> None:
    eta = {"Name": "eta", "MinValue": "0.1", "MaxValue": "0.3"}
    fault = refusal({"ParameterRanges": {"ContinuousParameterRanges": [eta, eta]}})
    assert fault.field == "ParameterRanges"
    assert fault.rule == "More than one range is given for eta."


def test_fault_in_sagemakers_spelling_is_named_like_in_the_short_one() -> None:
    entry = {"Name": "max_depth", "MinValue": "3"}
    fault = refusal({"ParameterRanges": {"IntegerParameterRanges": [entry]}})
    assert fault.field == "ParameterRanges.max_depth.MaxValue"


@pytest.mark.parametrize(
    "ranges",
    [
        {"IntegerParameterRanges": [{"MinValue": "3", "MaxValue": "9"}]},
        {"IntegerParameterRanges": {"max_depth": {}}},
        {"IntegerParameterRanges": [], "eta": {"MinValue": "0.1", "MaxValue": "1"}},
    ],
    ids=["without a name", "no list", "mixed spellings"],
)
def test_range_in_neither_spelling_is_refused(ranges: dict[str, Any]) -> None:
    fault = refusal({"ParameterRanges": ranges})
    assert (fault.field, fault.value) == ("ParameterRanges", ranges)
    assert "each have a Name" in fault.rule


def test_lay_over_takes_deployed_ranges_in_either_spelling() -> None:
    deployed = {"ParameterRanges": {"IntegerParameterRanges": [{"Name": "max_depth"}]}}
    merged = lay_over(deployed, {"StaticHyperParameters": {"max_depth": "3"}}, aliases={})
    assert merged["ParameterRanges"] == {"IntegerParameterRanges": []}
