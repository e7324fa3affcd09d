"""Which metrics a round reports, and that they are computed from the right predictions."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.xgboost.hyperparameters import OBJECTIVES, read_hyperparameters
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.training import boost
from local_sagemaker.containers.xgboost.training_data import read_matrix
from local_sagemaker.containers.xgboost.version_history import offers
from local_sagemaker.containers.xgboost.versions import ContainerVersion

from tests.containers.tables import binary, classes, numbers


def history_of(
    texts: dict[str, str], table: Callable[..., Any], directory: Path
) -> dict[str, dict[str, list[float]]]:
    """The metrics of each data set after each of 15 rounds."""
    evaluated = []
    for seed, name in enumerate(("train", "validation")):
        path = directory / f"{name}.csv"
        path.write_text(table(seed=seed))
        evaluated.append((read_matrix([path], "csv", csv_weights=False), name))
    hyperparameters = read_hyperparameters(texts | {"num_round": "15"})
    version = ContainerVersion("3.0-5")
    return boost(hyperparameters, evaluated, version, directory / "model").history


@pytest.mark.parametrize(
    ("hyperparameters", "reported"),
    [
        ({}, {"logloss"}),
        ({"eval_metric": "auc,error@0.3"}, {"auc", "error@0.3"}),
        ({"_tuning_objective_metric": "validation:auc"}, {"auc"}),
        ({"eval_metric": "error", "_tuning_objective_metric": "validation:auc"}, {"auc", "error"}),
        ({"eval_metric": "f1_binary"}, {"f1_binary", "logloss"}),
    ],
    ids=["default", "eval-metric", "objective-metric", "union", "own-metric-adds-the-default"],
)
def test_a_round_reports_eval_metric_and_the_objective_metric(
    hyperparameters: dict[str, str], reported: set[str], tmp_path: Path
) -> None:
    history = history_of({"objective": "binary:logistic"} | hyperparameters, binary, tmp_path)

    assert {data: set(metrics) for data, metrics in history.items()} == {
        "train": reported,
        "validation": reported,
    }


@pytest.mark.parametrize(
    ("objective", "table", "metrics"),
    [
        ({"objective": "multi:softmax", "num_class": "3"}, classes, "accuracy,f1"),
        ({"objective": "multi:softprob", "num_class": "3"}, classes, "accuracy,balanced_accuracy"),
        ({"objective": "binary:logistic"}, binary, "accuracy,precision"),
        ({"objective": "binary:logitraw"}, binary, "accuracy,recall"),
        ({"objective": "binary:hinge"}, binary, "accuracy,f1_binary"),
        ({"objective": "reg:squarederror"}, numbers, "r2"),
    ],
    ids=lambda value: value["objective"] if isinstance(value, dict) else "",
)
def test_metrics_of_a_good_model_are_good(
    objective: dict[str, str], table: Callable[..., Any], metrics: str, tmp_path: Path
) -> None:
    history = history_of(objective | {"eval_metric": metrics}, table, tmp_path)

    for name in metrics.split(","):
        assert history["train"][name][-1] > 0.9


@pytest.mark.parametrize("version", ["1.7-1", "3.2-0"])
@pytest.mark.parametrize("objective", OBJECTIVES)
def test_every_objective_trains_and_reports_its_metric(
    objective: str, version: str, tmp_path: Path
) -> None:
    texts = {"objective": objective, "num_round": "2", "verbosity": "0"}  # reg:linear is deprecated
    texts |= {"num_class": "3"} if objective.startswith("multi:") else {}
    if not offers(ContainerVersion(version), objective):
        return
    features = np.random.default_rng(0).random((30, 2))
    matrix = xgboost.DMatrix(features, label=1.0 * (features[:, 0] > 0.5))
    if objective == "reg:gamma":
        matrix.set_label(features[:, 0] + 1)
    if objective == "survival:aft":  # no channel can hold these, so that a job fails
        matrix.set_float_info("label_lower_bound", features[:, 0] + 1)
        matrix.set_float_info("label_upper_bound", features[:, 0] + 2)
    hyperparameters = read_hyperparameters(texts, ContainerVersion(version))
    boosted = boost(
        hyperparameters, [(matrix, "train")], ContainerVersion(version), tmp_path / "model"
    )

    ((metric, values),) = boosted.history["train"].items()
    assert np.isfinite(values).all()
    assert (metric == "map") == (objective.startswith("rank:") and version == "1.7-1")
