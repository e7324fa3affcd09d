"""Every metric equals scikit-learn's, with and without weights."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from sklearn import metrics as sklearn
from tuning.evaluation.metric_names import (
    BINARY,
    METRICS,
    MULTICLASS,
    RANKING,
    REGRESSION,
    metrics_for,
)
from tuning.evaluation.metrics import prepare
from tuning.evaluation.scores import all_scores, score

ROWS = 400


def macro(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda y, p, **options: function(y, p, average="macro", zero_division=0, **options)


def binary(function: Callable[..., Any]) -> Callable[..., Any]:
    return lambda y, p, **options: function(y, p, zero_division=0, **options)


# What each is in scikit-learn, and whether that takes scores or classes.
SKLEARN = {
    "AUC": (sklearn.roc_auc_score, "scores"),
    "LogLoss": (sklearn.log_loss, "scores"),
    "Accuracy": (sklearn.accuracy_score, "classes"),
    "BalancedAccuracy": (sklearn.balanced_accuracy_score, "classes"),
    "F1": (binary(sklearn.f1_score), "classes"),
    "Precision": (binary(sklearn.precision_score), "classes"),
    "Recall": (binary(sklearn.recall_score), "classes"),
    "F1macro": (macro(sklearn.f1_score), "classes"),
    "PrecisionMacro": (macro(sklearn.precision_score), "classes"),
    "RecallMacro": (macro(sklearn.recall_score), "classes"),
    "RMSE": (sklearn.root_mean_squared_error, "scores"),
    "MSE": (sklearn.mean_squared_error, "scores"),
    "MAE": (sklearn.mean_absolute_error, "scores"),
    "R2": (sklearn.r2_score, "scores"),
}
CASES = [(problem, name) for problem in (BINARY, MULTICLASS, REGRESSION)
         for name in metrics_for(problem, from_labels=False)]  # fmt: skip


def sample(problem: str, seed: int) -> tuple[Any, ...]:
    """Labels, predictions and the classes they stand for; scores are coarse, so that many tie."""
    random = np.random.default_rng(seed)
    if problem == BINARY:
        labels = random.integers(0, 2, ROWS)
        scores = np.clip(labels * 0.2 + random.random(ROWS) * 0.8, 0, 1).round(1)
        return labels, scores, (scores > 0.5).astype(int)
    if problem == MULTICLASS:
        labels = random.integers(0, 4, ROWS)
        scores = random.random((ROWS, 5)) + 0.5 * np.eye(5)[labels]
        scores /= scores.sum(axis=1, keepdims=True)
        return labels, scores, scores.argmax(axis=1)
    values = random.normal(size=ROWS) * 10
    return values, values + random.normal(size=ROWS), None


@pytest.mark.filterwarnings("ignore:y_pred contains classes not in y_true")
@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("weighted", [False, True], ids=["counting rows once", "weighted"])
@pytest.mark.parametrize(("problem", "name"), CASES, ids=lambda value: value)
def test_metric_equals_scikit_learns(problem: str, name: str, weighted: bool, seed: int) -> None:
    labels, scores, classes = sample(problem, seed)
    function, takes = SKLEARN[name]
    weights = np.random.default_rng(7).integers(1, 5, ROWS).astype(float)
    options: dict[str, Any] = {"sample_weight": weights} if weighted else {}
    if name == "LogLoss" and problem == MULTICLASS:
        options["labels"] = range(5)
    expected = function(labels, classes if takes == "classes" else scores, **options)
    weighed = prepare([name], labels.astype(float), scores)
    found = weighed(weights if weighted else np.ones(ROWS))[name]
    assert found == pytest.approx(expected, abs=1e-9)
    if not weighted:
        assert score(name, labels.astype(float), scores) == pytest.approx(expected, abs=1e-9)


def test_a_row_of_weight_two_counts_as_two_rows() -> None:
    labels, scores, _ = sample(BINARY, 0)
    counts = np.random.default_rng(1).integers(0, 3, ROWS)
    repeated = np.repeat(np.arange(ROWS), counts)
    for name in metrics_for(BINARY, from_labels=False):
        weighted = prepare([name], labels.astype(float), scores)(counts.astype(float))[name]
        assert weighted == pytest.approx(score(name, labels[repeated], scores[repeated])), name


def test_predicted_classes_tell_what_needs_no_score() -> None:
    labels = np.array([0.0, 1.0, 2.0, 2.0])
    found = all_scores(MULTICLASS, labels, np.array([0.0, 1.0, 2.0, 1.0]))
    assert found["Accuracy"] == 0.75
    assert "LogLoss" not in found


def test_an_undefined_metric_is_left_out() -> None:
    one_class = all_scores(BINARY, np.ones(3), np.array([0.2, 0.6, 0.9]))
    assert "AUC" not in one_class
    assert one_class["Recall"] == pytest.approx(2 / 3)


def test_every_metric_has_a_problem_it_is_for() -> None:
    ranking = metrics_for(RANKING, from_labels=False)  # test_ranking.py compares with XGBoost's
    assert {*ranking, *(name for _, name in CASES)} == set(METRICS)
