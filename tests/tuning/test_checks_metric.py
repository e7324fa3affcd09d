"""Objective metrics that do not exist, do not fit or do not tell the truth."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.algorithms.algorithm import load_algorithm
from tuning.checks.check_input import check_input

from tests.tuning.refusals import refusal

CLASS_METRICS = [
    metric.name for metric in load_algorithm("xgboost").metrics.values() if metric.defect
]


def tune(metric: str, objective: str = "binary:logistic", **document: str) -> dict[str, Any]:
    static = {"objective": objective, "num_round": "100"}
    if objective.startswith("multi:"):
        static["num_class"] = "3"
    return {
        "HyperParameterTuningJobObjective": {"MetricName": metric},
        "StaticHyperParameters": static,
        **document,
    }


@pytest.mark.parametrize(
    ("name", "fix"),
    [
        ("auc", "Did you mean validation:auc?"),
        ("validation:aux", "Did you mean validation:auc?"),
        ("train:auc", "Did you mean"),
    ],
)
def test_unknown_metric_is_refused(name: str, fix: str) -> None:
    fault = refusal(tune(name))
    assert fault.field == "HyperParameterTuningJobObjective.MetricName"
    assert fault.value == name
    assert fix in fault.fix


@pytest.mark.parametrize(
    ("metric", "wrong", "right"),
    [("validation:auc", "Minimize", "Maximize"), ("validation:logloss", "Maximize", "Minimize")],
)
def test_direction_that_contradicts_the_metric_is_refused(
    metric: str, wrong: str, right: str
) -> None:
    document = tune(metric)
    document["HyperParameterTuningJobObjective"]["Type"] = wrong
    fault = refusal(document)
    assert (fault.field, fault.value) == ("HyperParameterTuningJobObjective.Type", wrong)
    assert f"Use {right}" in fault.fix


@pytest.mark.parametrize(
    ("metric", "objective", "instead"),
    [
        ("validation:auc", "reg:squarederror", "validation:rmse"),
        ("validation:rmse", "multi:softprob", "validation:mlogloss"),
        ("validation:mlogloss", "binary:logistic", "validation:auc"),
        ("validation:f1_binary", "multi:softprob", "validation:accuracy"),
        ("validation:ndcg", "reg:squarederror", "validation:rmse"),
        ("validation:aft-nloglik", "survival:cox", "validation:cox-nloglik"),
    ],
)
def test_metric_that_does_not_fit_the_objective_is_refused(
    metric: str, objective: str, instead: str
) -> None:
    fault = refusal(tune(metric, objective))
    assert fault.value == metric
    assert objective in fault.rule
    assert instead in fault.fix


def test_default_metric_does_not_fit_a_run_without_objective() -> None:
    fault = refusal({"StaticHyperParameters": {"num_round": "100"}})
    assert "reg:squarederror" in fault.rule


def test_metrics_that_new_containers_compute_wrongly() -> None:
    assert {name.removeprefix("validation:") for name in CLASS_METRICS} == {
        "accuracy",
        "balanced_accuracy",
        "f1",
        "f1_binary",
        "f1_macro",
        "precision",
        "precision_macro",
        "precision_micro",
        "recall",
        "recall_macro",
        "recall_micro",
    }


@pytest.mark.parametrize("version", ["3.0-5", "3.2-0"])
@pytest.mark.parametrize("metric", CLASS_METRICS)
def test_class_metric_of_a_binary_objective_is_refused_where_it_is_wrong(
    metric: str, version: str
) -> None:
    fault = refusal(tune(metric, AlgorithmVersion=version))
    assert fault.value == metric
    assert version in fault.rule
    assert "validation:auc" in fault.fix
    assert "AlgorithmVersion to 1.7-1" in fault.fix


@pytest.mark.parametrize(
    ("metric", "objective", "version"),
    [
        ("validation:accuracy", "binary:logistic", "1.7-1"),
        ("validation:f1", "binary:logistic", "1.5-1"),
        ("validation:accuracy", "multi:softprob", "3.0-5"),
        ("validation:accuracy", "binary:hinge", "3.0-5"),
        ("validation:error", "binary:logistic", "3.2-0"),
    ],
)
def test_metric_is_accepted_where_it_is_right(metric: str, objective: str, version: str) -> None:
    check_input(tune(metric, objective, AlgorithmVersion=version), name_prefix="retune")
