"""The metrics computed by the container are those of scikit-learn, as in the image."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.confusion import CLASS_METRICS, Confusion
from local_sagemaker.containers.xgboost.metrics import VALUE_METRICS
from sklearn import metrics as sklearn_metrics


def averaged(name: str, average: str) -> Callable[..., Any]:
    return lambda labels, predicted: getattr(sklearn_metrics, f"{name}_score")(
        labels, predicted, average=average, zero_division=0
    )


EXPECTED_CLASS_METRICS = {
    "accuracy": sklearn_metrics.accuracy_score,
    "balanced_accuracy": sklearn_metrics.balanced_accuracy_score,
    "f1": averaged("f1", "macro"),
    "f1_macro": averaged("f1", "macro"),
    "f1_binary": averaged("f1", "binary"),
    "precision": averaged("precision", "binary"),
    "precision_macro": averaged("precision", "macro"),
    "precision_micro": averaged("precision", "micro"),
    "recall": averaged("recall", "binary"),
    "recall_macro": averaged("recall", "macro"),
    "recall_micro": averaged("recall", "micro"),
}
EXPECTED_VALUE_METRICS = {
    "mse": sklearn_metrics.mean_squared_error,
    "rmse": sklearn_metrics.root_mean_squared_error,
    "mae": sklearn_metrics.mean_absolute_error,
    "r2": sklearn_metrics.r2_score,
}
OF_TWO_CLASSES = {"f1_binary", "precision", "recall"}


def test_every_metric_is_compared() -> None:
    assert set(EXPECTED_CLASS_METRICS) == set(CLASS_METRICS)
    assert set(EXPECTED_VALUE_METRICS) == set(VALUE_METRICS)


@pytest.mark.parametrize("name", CLASS_METRICS)
@pytest.mark.parametrize("highest_class", [1, 4], ids=["binary", "five-classes"])
def test_class_metrics_are_those_of_scikit_learn(name: str, highest_class: int) -> None:
    random = np.random.default_rng(7)
    labels, predicted = random.integers(0, highest_class + 1, size=(2, 300))
    if highest_class > 1 and name in OF_TWO_CLASSES:
        with pytest.raises(UserError, match="average='binary'"):
            CLASS_METRICS[name](Confusion.of(labels, predicted))
        return

    found = CLASS_METRICS[name](Confusion.of(labels, predicted))

    assert found == pytest.approx(EXPECTED_CLASS_METRICS[name](labels, predicted))


@pytest.mark.parametrize("name", CLASS_METRICS)
def test_class_metrics_of_a_model_that_never_predicts_one_are_those_of_scikit_learn(
    name: str,
) -> None:
    labels, predicted = np.array([0, 0, 1, 1, 0]), np.zeros(5)

    found = CLASS_METRICS[name](Confusion.of(labels, predicted))

    assert found == pytest.approx(EXPECTED_CLASS_METRICS[name](labels, predicted))


@pytest.mark.parametrize("name", VALUE_METRICS)
def test_value_metrics_are_those_of_scikit_learn(name: str) -> None:
    labels, predictions = np.random.default_rng(7).normal(size=(2, 300))

    found = VALUE_METRICS[name](labels, predictions)

    assert found == pytest.approx(EXPECTED_VALUE_METRICS[name](labels, predictions))
