"""Warnings: allowed, and most likely not meant."""

from __future__ import annotations

import pytest
from tuning.algorithms.algorithm import algorithm_names
from tuning.algorithms.recommended_space import algorithms_with_a_space, recommended_space
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

from tests.tuning.channel_store import ROWS, store
from tests.tuning.test_plan import plan

REGRESSION = {
    "StaticHyperParameters": {"objective": "reg:squarederror", "num_round": 9},
    "HyperParameterTuningJobObjective": {"MetricName": "RMSE"},
}
STATIC = {"objective": "binary:logistic", "num_round": 9, "save_model_on_termination": False}


def rows(first: list[int] | range) -> bytes:
    return "".join(f"{label},{n},3\n" for n, label in enumerate(first)).encode()


def test_sound_input_and_data_raise_no_warning() -> None:
    assert plan(data=store(train=ROWS * 20))["Warnings"] == []


def test_first_column_that_counts_the_rows() -> None:
    (warning,) = plan(REGRESSION, data=store(train=rows(range(30))))["Warnings"]
    assert "Channels.train" in warning
    assert "index=False" in warning


def test_beginning_with_one_label() -> None:
    data = store(validation=rows([0] * 100_000))
    (warning,) = plan(data=data)["Warnings"]
    assert "rows all have the same label" in warning
    assert "Shuffle" in warning


def test_jobs_that_tuning_stops_without_a_model() -> None:
    document = {"TrainingJobEarlyStoppingType": "Auto", "StaticHyperParameters": STATIC}
    (warning,) = plan(document)["Warnings"]
    assert "save_model_on_termination" in warning
    assert plan({"StaticHyperParameters": STATIC})["Warnings"] == []


def test_range_in_the_list_of_another_type() -> None:
    """The container takes any number as max_delta_step, SageMaker tunes whole ones."""
    step = {"Name": "max_delta_step", "MinValue": "1", "MaxValue": "99"}
    made = plan({"ParameterRanges": {"ContinuousParameterRanges": [step]}})
    assert "Move it to IntegerParameterRanges." in made["Warnings"][0]
    ranges = made["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert list(ranges) == ["IntegerParameterRanges"]


def test_whole_numbers_of_a_continuous_hyperparameter_are_sent_as_such() -> None:
    weight = {"Name": "min_child_weight", "MinValue": "1", "MaxValue": "10"}
    limits = {"MaxNumberOfTrainingJobs": 10}
    made = plan({"ParameterRanges": {"IntegerParameterRanges": [weight]}, "ResourceLimits": limits})
    ranges = made["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert made["Warnings"] == []
    assert [entry["Name"] for entry in ranges["IntegerParameterRanges"]] == ["min_child_weight"]
    with pytest.raises(InvalidInput, match="is of whole numbers"):
        plan({"ParameterRanges": {"IntegerParameterRanges": [weight | {"MinValue": "0.5"}]}})


def test_time_to_wait_for_an_approval_that_nobody_is_asked_for() -> None:
    (warning,) = plan({"ApprovalTimeoutInSeconds": 60})["Warnings"]
    assert "ApprovalTimeoutInSeconds = 60" in warning
    assert "Set Approval to Manual" in warning
    assert plan({"ApprovalTimeoutInSeconds": 60, "Approval": "Manual"})["Warnings"] == []


@pytest.mark.parametrize(
    "algorithm", [name for name in algorithms_with_a_space() if name in algorithm_names()]
)
def test_recommended_space_is_accepted(algorithm: str) -> None:
    document = {"Algorithm": algorithm, "ParameterRanges": recommended_space(algorithm)}
    check_input(document, name_prefix="retune")
