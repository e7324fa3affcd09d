"""Warnings: allowed, and most likely not meant."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import algorithm_names
from tuning.algorithms.recommended_space import algorithms_with_a_space, recommended_space
from tuning.checks.check_input import check_input
from tuning.errors import InvalidInput

from tests.tuning.channel_store import ROWS, store
from tests.tuning.plans import plan

REGRESSION = {
    "StaticHyperParameters": {"objective": "reg:squarederror", "num_round": 9},
    "HyperParameterTuningJobObjective": {"MetricName": "RMSE"},
}
HELD_OUT = store(test=ROWS)
STATIC = {"objective": "binary:logistic", "num_round": 9, "save_model_on_termination": False}


def rows(first: list[int] | range) -> bytes:
    return "".join(f"{label},{n * n % 7},{n % 5}\n" for n, label in enumerate(first)).encode()


def warnings(document: dict[str, Any] | None = None, **channels: bytes) -> list[str]:
    """Of an input with a test channel."""
    found: list[str] = plan(document or {}, data=store(test=ROWS, **channels))["Warnings"]
    return found


def test_sound_input_and_data_raise_no_warning() -> None:
    assert warnings(train=ROWS * 20) == []


def test_without_a_test_channel_nothing_is_proved_and_a_split_is_offered() -> None:
    (warning,) = plan()["Warnings"]
    assert warning.startswith("Channels.test is not given: No rows are held out from tuning.")
    assert "nothing is proved" in warning
    assert warning.endswith("`retune split`, and upload it to data/test/ of the data bucket.")
    named = {name: f"s3://data-bucket/data/{name}/" for name in ("train", "validation")}
    (warning,) = plan({"Channels": named}, data=HELD_OUT)["Warnings"]
    assert warning.endswith("`retune split`, and name it here.")


def test_where_models_cannot_be_scored_nothing_is_proved_unless_a_person_does() -> None:
    survival = {
        "StaticHyperParameters": {"objective": "survival:cox", "num_round": 9},
        "HyperParameterTuningJobObjective": {"MetricName": "validation:cox-nloglik"},
    }
    (warning,) = warnings(survival)
    assert warning.startswith("Approval = 'Automatic': Held-out evaluation has no metric for")
    assert "nothing is proved" in warning
    assert warnings({**survival, "Approval": "Manual"}) == []


def test_first_column_that_counts_the_rows() -> None:
    (warning,) = warnings(REGRESSION, train=rows(range(30)))
    assert "Channels.train" in warning
    assert "index=False" in warning


def test_beginning_with_one_label() -> None:
    (warning,) = warnings(validation=rows([0] * 100_000))
    assert "rows that were looked at all have the same label" in warning
    assert "Shuffle" in warning


def test_jobs_that_tuning_stops_without_a_model() -> None:
    document = {"TrainingJobEarlyStoppingType": "Auto", "StaticHyperParameters": STATIC}
    (warning,) = warnings(document)
    assert "save_model_on_termination" in warning
    assert warnings({"StaticHyperParameters": STATIC}) == []


def test_range_in_the_list_of_another_type() -> None:
    """The container takes any number as max_delta_step, SageMaker tunes whole ones."""
    step = {"Name": "max_delta_step", "MinValue": "1", "MaxValue": "99"}
    made = plan({"ParameterRanges": {"ContinuousParameterRanges": [step]}}, data=HELD_OUT)
    assert "Move it to IntegerParameterRanges." in made["Warnings"][0]
    ranges = made["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert list(ranges) == ["IntegerParameterRanges"]


def test_whole_numbers_of_a_continuous_hyperparameter_are_sent_as_such() -> None:
    weight = {"Name": "min_child_weight", "MinValue": "1", "MaxValue": "10"}
    limits = {"MaxNumberOfTrainingJobs": 10}
    document = {"ParameterRanges": {"IntegerParameterRanges": [weight]}, "ResourceLimits": limits}
    made = plan(document, data=HELD_OUT)
    ranges = made["TuningJob"]["HyperParameterTuningJobConfig"]["ParameterRanges"]
    assert made["Warnings"] == []
    assert [entry["Name"] for entry in ranges["IntegerParameterRanges"]] == ["min_child_weight"]
    with pytest.raises(InvalidInput, match="is of whole numbers"):
        plan({"ParameterRanges": {"IntegerParameterRanges": [weight | {"MinValue": "0.5"}]}})


def test_time_to_wait_for_an_approval_that_nobody_is_asked_for() -> None:
    (warning,) = warnings({"ApprovalTimeoutInSeconds": 60})
    assert "ApprovalTimeoutInSeconds = 60" in warning
    assert "Set Approval to Manual" in warning
    assert warnings({"ApprovalTimeoutInSeconds": 60, "Approval": "Manual"}) == []


@pytest.mark.parametrize(
    "algorithm", [name for name in algorithms_with_a_space() if name in algorithm_names()]
)
def test_recommended_space_is_accepted(algorithm: str) -> None:
    document = {"Algorithm": algorithm, "ParameterRanges": recommended_space(algorithm)}
    check_input(document, name_prefix="retune")
