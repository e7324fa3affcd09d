"""Ranges that tuning cannot search."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input
from tuning.execution_input.search_space import SearchSpace

from tests.tuning.refusals import refusal


def numeric(low: float | str, high: float | str, scaling: str = "Auto") -> dict[str, Any]:
    return {"MinValue": low, "MaxValue": high, "ScalingType": scaling}


@pytest.mark.parametrize(
    ("name", "range_", "field", "value", "words"),
    [
        ("etta", numeric(0, 1), "etta", "etta", "Did you mean eta?"),
        ("tree_method", {"Values": ["hist"]}, "tree_method", "tree_method", "StaticHyperParam"),
        ("max_bin", numeric(2, 256), "max_bin", "max_bin", "Tunable: num_round, eta"),
        ("learning_rate", numeric(0.1, 1), "learning_rate", "learning_rate", "Write eta."),
        ("max_depth", {"Values": [3, 5]}, "max_depth.Values", ["3", "5"], "Give MinValue"),
        ("eta", numeric(0.5, 0.1), "eta.MinValue", "0.5", "Swap"),
        ("eta", numeric(0.1, 1.5), "eta.MaxValue", "1.5", "at least 0 and at most 1"),
        ("gamma", numeric(-1, 5), "gamma.MinValue", "-1", "at least 0"),
        ("num_round", numeric(0, 100), "num_round.MinValue", "0", "at least 1"),
        ("subsample", numeric(0, 1), "subsample.MinValue", "0", "above 0"),
        ("colsample_bytree", numeric(0, 1), "colsample_bytree.MinValue", "0", "0.5 to 1"),
        ("max_depth", numeric(2.5, 90), "max_depth.MinValue", "2.5", "Use 2 or 3."),
        ("eta", numeric("low", 1), "eta.MinValue", "low", "It is no finite number."),
        ("eta", numeric("nan", 1), "eta.MinValue", "nan", "It is no finite number."),
        ("eta", numeric(0, 1, "Logarithmic"), "eta.ScalingType", "Logarithmic", "to 0.001"),
        (
            "subsample",
            numeric(0.5, 1, "ReverseLogarithmic"),
            "subsample.ScalingType",
            "ReverseLogarithmic",
            "0 <= x < 1",
        ),
        (
            "max_depth",
            numeric(0, 90, "ReverseLogarithmic"),
            "max_depth.ScalingType",
            "ReverseLogarithmic",
            "continuous",
        ),
    ],
)
def test_range_that_sagemaker_or_the_algorithm_cannot_search_is_refused(
    name: str, range_: dict[str, Any], field: str, value: list[str] | str, words: str
) -> None:
    fault = refusal({"ParameterRanges": {name: range_}})
    assert (fault.field, fault.value) == (f"ParameterRanges.{field}", value)
    assert words in str(fault)


@pytest.mark.parametrize("static", ["eta", "learning_rate"])
def test_hyperparameter_that_is_static_and_tuned_is_refused(static: str) -> None:
    fault = refusal(
        {
            "ParameterRanges": {"eta": numeric(0.1, 1)},
            "StaticHyperParameters": {"objective": "binary:logistic", "num_round": 9, static: 0.1},
        }
    )
    assert (fault.field, fault.value) == (f"StaticHyperParameters.{static}", "0.1")
    assert fault.fix == "Remove one of the two."


def space(ranges: dict[str, Any], **document: dict[str, int]) -> SearchSpace:
    run = check_input({"ParameterRanges": ranges, **document}, name_prefix="retune")
    return SearchSpace.of(run, load_algorithm(run.algorithm))


def test_range_of_one_value_becomes_a_static_hyperparameter() -> None:
    found = space({"max_depth": numeric("4", "4.0"), "eta": numeric(0.1, 1)})
    assert found.static["max_depth"] == "4"
    assert [entry["Name"] for entry in found.continuous] == ["eta"]
    assert found.integer == ()


def test_kind_of_a_range_is_the_algorithms_not_the_spellings() -> None:
    """But whole numbers only may be asked for of a continuous hyperparameter."""
    depth, weight = ({"Name": name, **numeric(1, 30)} for name in ("max_depth", "min_child_weight"))
    found = space({"ContinuousParameterRanges": [depth], "IntegerParameterRanges": [weight]})
    assert {entry["Name"] for entry in found.integer} == {"max_depth", "min_child_weight"}


def test_whole_bounds_are_written_as_sagemaker_writes_integers() -> None:
    found = space({"max_depth": numeric("3.0", 1e2)})
    assert (found.integer[0]["MinValue"], found.integer[0]["MaxValue"]) == ("3", "100")


def test_max_delta_step_is_searched_as_an_integer_as_sagemaker_documents_it() -> None:
    assert space({"max_delta_step": numeric(0, 30)}).integer[0]["Name"] == "max_delta_step"


def test_ranges_of_one_value_only_leave_nothing_to_tune() -> None:
    fault = refusal({"ParameterRanges": {"eta": numeric(0.1, 0.1)}})
    assert (fault.field, fault.rule) == ("ParameterRanges", "There is nothing to tune.")


def test_fewer_combinations_than_training_jobs_are_refused() -> None:
    ranges = {"max_depth": numeric(3, 5), "num_round": numeric(10, 12)}
    fault = refusal({"ParameterRanges": ranges})
    assert (fault.field, fault.value) == ("ResourceLimits.MaxNumberOfTrainingJobs", 20)
    assert "only 9 different combinations" in fault.rule
    assert "Use at most 9" in fault.fix


def test_as_many_combinations_as_training_jobs_are_enough() -> None:
    limits = {"MaxNumberOfTrainingJobs": 9, "MaxParallelTrainingJobs": 1}
    ranges = {"max_depth": numeric(3, 5), "num_round": numeric(10, 12)}
    assert space(ranges, ResourceLimits=limits).combinations == 9
