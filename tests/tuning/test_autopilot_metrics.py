"""Autopilot's metric names stand for the algorithm's own."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.checks.check_input import check_input

MULTICLASS = {"objective": "multi:softprob", "num_class": 3, "num_round": 9}
REGRESSION = {"objective": "reg:squarederror", "num_round": 9}


@pytest.mark.parametrize(
    ("name", "static", "metric"),
    [
        ("AUC", None, "validation:auc"),
        ("LogLoss", None, "validation:logloss"),
        ("LogLoss", MULTICLASS, "validation:mlogloss"),
        ("Accuracy", MULTICLASS, "validation:accuracy"),
        ("F1macro", MULTICLASS, "validation:f1_macro"),
        ("RMSE", REGRESSION, "validation:rmse"),
        ("R2", REGRESSION, "validation:r2"),
        ("validation:auc", None, "validation:auc"),
    ],
)
def test_metric_follows_from_name_and_objective(
    name: str, static: dict[str, Any] | None, metric: str
) -> None:
    document = {"HyperParameterTuningJobObjective": {"MetricName": name}}
    if static:
        document["StaticHyperParameters"] = static
    run = check_input(document, name_prefix="retune")
    assert run.hyper_parameter_tuning_job_objective.metric_name == metric
