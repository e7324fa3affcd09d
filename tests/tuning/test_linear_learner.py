"""What Retune knows of Linear Learner, and inputs that ask for it."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.containers.linear_learner.hyperparameter_table import DEFAULTS, LOSSES, TABLE
from local_sagemaker.containers.linear_learner.metric_names import MAXIMIZED
from local_sagemaker.sagemaker.algorithms.builtin_images import find_builtin
from tuning.algorithms.algorithm import load_algorithm
from tuning.algorithms.images import image_uri
from tuning.algorithms.valid_range import number
from tuning.checks.check_input import check_input

from tests.tuning.refusals import refusal

BINARY = {"predictor_type": "binary_classifier"}
LINEAR_LEARNER = load_algorithm("linear-learner")
CONTAINER: Any = find_builtin(image_uri("linear-learner", "1", "eu-west-1"))


def ask(
    static: dict[str, Any] | None = None, metric: str | None = None, **fields: dict[str, Any] | str
) -> dict[str, Any]:
    document = {"Algorithm": "linear-learner", **fields}
    if static is not None:
        document["StaticHyperParameters"] = static
    if metric is not None:
        document["HyperParameterTuningJobObjective"] = {"MetricName": metric}
    return document


def test_hyperparameters_are_those_of_the_container() -> None:
    given_by_people = {name for name in TABLE if not name.startswith("_")}
    assert set(LINEAR_LEARNER.hyperparameters) == given_by_people


def test_defaults_are_those_of_the_container() -> None:
    for name, known in LINEAR_LEARNER.hyperparameters.items():
        if known.default:
            assert TABLE[name].read(known.default) == TABLE[name].read(DEFAULTS[name]), name


def test_metrics_and_their_directions_are_those_of_the_container() -> None:
    directions = {metric.name: metric.type for metric in LINEAR_LEARNER.metrics.values()}
    assert directions == {
        name: "Maximize" if name.partition(":")[2] in MAXIMIZED else "Minimize"
        for name in CONTAINER.objectives
    }


def test_metrics_that_are_reported_at_the_end_only_are_those_of_the_container() -> None:
    at_end = {metric.name for metric in LINEAR_LEARNER.metrics.values() if metric.at_end}
    assert at_end == {n for n in CONTAINER.objectives if not CONTAINER.reports_every_epoch(n)}


def test_tunable_hyperparameters_and_their_kinds_are_those_of_sagemaker() -> None:
    assert {n: LINEAR_LEARNER.hyperparameters[n].tuned_as for n in LINEAR_LEARNER.tunable} == {
        name: tunable.type for name, tunable in CONTAINER.tunables.items()
    }


def test_defaults_and_recommended_bounds_are_valid_values() -> None:
    for known in LINEAR_LEARNER.hyperparameters.values():
        for text in (*known.recommended, *([known.default] if known.default else [])):
            value = number(text)
            in_range = value is not None and (known.range is None or value in known.range)
            assert text in known.choices + known.words or in_range, known


@pytest.mark.parametrize("predictor", LOSSES)
def test_every_predictor_has_metrics_and_losses(predictor: str) -> None:
    metrics = LINEAR_LEARNER.metrics.values()
    channels = {metric.channel for metric in metrics if metric.fits_objective(predictor)}
    assert channels == {"validation", "test"}
    for loss in LOSSES[predictor]:
        assert loss in LINEAR_LEARNER.hyperparameters["loss"].choices


def test_the_name_alone_is_a_complete_input() -> None:
    run = check_input(ask(), name_prefix="retune")
    assert run.hyper_parameter_tuning_job_objective.metric_name == "validation:roc_auc_score"
    assert run.static_hyper_parameters["predictor_type"] == "binary_classifier"
    assert set(run.parameter_ranges) <= set(LINEAR_LEARNER.tunable)


def test_deployed_defaults_for_xgboost_do_not_reach_it() -> None:
    deployed = {
        "AlgorithmVersion": "1.7-1",
        "ParameterRanges": {"eta": {"MinValue": "0.1", "MaxValue": "0.3"}},
        "StaticHyperParameters": {"num_round": "10"},
        "ResourceLimits": {"MaxNumberOfTrainingJobs": 4},
    }
    run = check_input(ask(), name_prefix="retune", defaults=deployed)
    assert run.algorithm_version is None
    assert "eta" not in run.parameter_ranges
    assert run.resource_limits.max_number_of_training_jobs == 4


def test_deployed_defaults_for_it_hold_without_naming_it() -> None:
    deployed = ask({"predictor_type": "regressor", "epochs": "3"}, "validation:mse")
    run = check_input({}, name_prefix="retune", defaults=deployed)
    assert run.algorithm == "linear-learner"
    assert run.static_hyper_parameters["epochs"] == "3"


@pytest.mark.parametrize(
    "document",
    [
        ask({"predictor_type": "regressor", "loss": "huber_loss"}, "validation:mse"),
        ask(
            {"predictor_type": "multiclass_classifier", "num_classes": 3},
            "validation:multiclass_accuracy",
        ),
        ask({"predictor_type": "binary_classifier", "wd": "auto", "learning_rate": "auto"}),
        ask(
            ParameterRanges={"use_bias": {"Values": [True, False]}},
            Strategy="Grid",
            ResourceLimits={"MaxNumberOfTrainingJobs": 2},
        ),
        ask(
            metric="test:roc_auc_score",
            Channels={name: f"s3://bucket/{name}/" for name in ("train", "validation", "test")},
        ),
        ask(metric="validation:objective_loss", TrainingJobEarlyStoppingType="Auto"),
        ask(metric="validation:objective_loss", Strategy="Hyperband"),
    ],
    ids=["regressor", "classes", "auto", "grid", "test-channel", "early-stopping", "hyperband"],
)
def test_every_kind_of_run_is_accepted(document: dict[str, Any]) -> None:
    check_input(document, name_prefix="retune")


@pytest.mark.parametrize(
    ("static", "field", "words"),
    [
        ({"epochs": "3"}, "predictor_type", "Give one of binary_classifier, multiclass_"),
        ({"predictor_type": "regresor"}, "predictor_type", "Did you mean regressor?"),
        ({"predictor_type": "multiclass_classifier"}, "num_classes", "needs it"),
        ({"wd": "-1"}, "wd", "a number, at least 0, or auto"),
        ({"positive_example_weight_mult": "balance"}, "positive_example_weight_mult", "balanced"),
        ({"init_bias": "none"}, "init_bias", "It must be a number. Give such a value, for"),
        ({"num_round": "5"}, "num_round", "has no such hyperparameter"),
        (BINARY | {"loss": "squared_loss"}, "predictor_type", "needs it to be regressor"),
    ],
    ids=lambda value: value if isinstance(value, str) and " " not in value else None,
)
def test_an_impossible_hyperparameter_is_refused(
    static: dict[str, str], field: str, words: str
) -> None:
    given = static if field in ("predictor_type", "num_classes") else BINARY | static
    ranges = {"l1": {"MinValue": 0, "MaxValue": 1}}
    fault = refusal(ask(given, "validation:objective_loss", ParameterRanges=ranges))
    assert fault.field == f"StaticHyperParameters.{field}"
    assert words in str(fault)


def test_a_metric_of_another_predictor_is_refused() -> None:
    fault = refusal(ask(metric="validation:mse"))
    assert "cannot be computed for the objective binary_classifier" in fault.rule
    assert "validation:roc_auc_score" in fault.fix


@pytest.mark.parametrize(
    "setting",
    [{"TrainingJobEarlyStoppingType": "Auto"}, {"Strategy": "Hyperband"}],
    ids=["early stopping", "hyperband"],
)
def test_ending_jobs_early_needs_the_metric_of_every_epoch(setting: dict[str, Any]) -> None:
    fault = refusal(ask(metric="validation:roc_auc_score", **setting))
    assert fault.field == "HyperParameterTuningJobObjective.MetricName"
    assert "Use validation:objective_loss" in fault.fix


def test_a_metric_of_the_test_channel_needs_that_channel() -> None:
    channels = {name: f"s3://bucket/{name}/" for name in ("train", "validation")}
    fault = refusal(ask(metric="test:recall", Channels=channels))
    assert (fault.field, fault.value) == ("Channels.test", None)


@pytest.mark.parametrize("content_type", ["text/libsvm", "application/x-parquet", "csv"])
def test_a_content_type_that_it_does_not_read_is_refused(content_type: str) -> None:
    assert refusal(ask(ContentType=content_type)).field == "ContentType"
