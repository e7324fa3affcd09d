"""Metrics from labels and predictions, equal to scikit-learn's of the same name.

A metric is prepared once, and the result is a function of one weight for each row: so the
bootstrap, which weights the same rows a thousand times, sorts them only once.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tuning.evaluation.metric_names import BINARY, metrics_for

Array = NDArray[Any]
Weighted = Callable[[Array], float]  # weights, one a row -> the metric; NaN where it is undefined


def prepare(name: str, labels: Array, predictions: Array) -> Weighted:
    """The metric as a function of the rows' weights.

    `predictions` have one number in each row (a probability, a class or a value), or one
    probability for each class.
    """
    if name == "AUC":
        return _auc(labels, predictions)
    if name == "LogLoss":
        return _log_loss(labels, predictions)
    if name in _REGRESSION:
        return _REGRESSION[name](labels, predictions)
    return _of_confusion(_CONFUSION[name], labels, _classes(predictions))


def score(name: str, labels: Array, predictions: Array) -> float:
    """The metric with every row counting once."""
    return prepare(name, labels, predictions)(np.ones(len(labels)))


def all_scores(problem_type: str, labels: Array, predictions: Array) -> dict[str, float]:
    """Every metric that the predictions tell, by name; an undefined one is left out."""
    from_labels = problem_type != BINARY and predictions.ndim == 1
    values = {
        name: score(name, labels, predictions)
        for name in metrics_for(problem_type, from_labels=from_labels)
    }
    return {name: value for name, value in values.items() if np.isfinite(value)}


def _auc(labels: Array, scores: Array) -> Weighted:
    """Area under the ROC curve; rows with equal scores share one step of it."""
    order = np.argsort(-scores, kind="stable")
    ranked, positive = scores[order], labels[order] == 1
    steps = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)

    def auc(weights: Array) -> float:
        sorted_weights = weights[order]
        hits = np.append(0.0, np.cumsum(sorted_weights * positive)[steps])
        alarms = np.append(0.0, np.cumsum(sorted_weights * ~positive)[steps])
        area = np.sum(np.diff(alarms) * (hits[1:] + hits[:-1]) / 2)
        return _ratio(area, hits[-1] * alarms[-1])

    return auc


def _log_loss(labels: Array, predictions: Array) -> Weighted:
    """Probabilities of 0 and 1 are moved by an epsilon, as scikit-learn does it."""
    classes = labels.astype(int)
    if predictions.ndim == 1:
        of_true_class = np.where(classes == 1, predictions, 1 - predictions)
    else:
        of_true_class = predictions[np.arange(len(classes)), classes]
    epsilon = np.finfo(float).eps
    losses = -np.log(np.clip(of_true_class, epsilon, 1 - epsilon))
    return lambda weights: _ratio(np.sum(weights * losses), np.sum(weights))


def _classes(predictions: Array) -> Array:
    """The most probable class. One number stands for the nearest class; 0.5 for class 0."""
    is_one_a_class = predictions.ndim == 2
    return np.asarray(predictions.argmax(axis=1) if is_one_a_class else np.rint(predictions), int)


def _of_confusion(metric: Callable[[Array], float], labels: Array, predicted: Array) -> Weighted:
    """A metric of the table of true (rows) and predicted (columns) classes."""
    true = labels.astype(int)
    size = int(max(true.max(), predicted.max(), 1)) + 1
    cells = true * size + predicted

    def value(weights: Array) -> float:
        return metric(np.bincount(cells, weights, size * size).reshape(size, size))

    return value


def _precisions(table: Array) -> Array:
    return _ratios(np.diag(table), table.sum(axis=0))


def _recalls(table: Array) -> Array:
    return _ratios(np.diag(table), table.sum(axis=1))


def _f1s(table: Array) -> Array:
    return _ratios(2 * np.diag(table), table.sum(axis=0) + table.sum(axis=1))


def _macro(values: Callable[[Array], Array]) -> Callable[[Array], float]:
    """The mean over the classes that are there, true or predicted."""

    def mean(table: Array) -> float:
        there = table.sum(axis=0) + table.sum(axis=1) > 0
        return float(np.mean(values(table)[there]))

    return mean


def _balanced_accuracy(table: Array) -> float:
    """The mean recall of the classes that are there in truth."""
    return float(np.mean(_recalls(table)[table.sum(axis=1) > 0]))


def _accuracy(table: Array) -> float:
    return _ratio(np.trace(table), table.sum())


_CONFUSION: dict[str, Callable[[Array], float]] = {
    "Accuracy": _accuracy,
    "BalancedAccuracy": _balanced_accuracy,
    "F1": lambda table: float(_f1s(table)[1]),
    "Precision": lambda table: float(_precisions(table)[1]),
    "Recall": lambda table: float(_recalls(table)[1]),
    "F1macro": _macro(_f1s),
    "PrecisionMacro": _macro(_precisions),
    "RecallMacro": _macro(_recalls),
}


def _mse(labels: Array, values: Array) -> Weighted:
    squares = (labels - values) ** 2
    return lambda weights: _ratio(np.sum(weights * squares), np.sum(weights))


def _rmse(labels: Array, values: Array) -> Weighted:
    mse = _mse(labels, values)
    return lambda weights: float(np.sqrt(mse(weights)))


def _mae(labels: Array, values: Array) -> Weighted:
    distances = np.abs(labels - values)
    return lambda weights: _ratio(np.sum(weights * distances), np.sum(weights))


def _r2(labels: Array, values: Array) -> Weighted:
    squares = (labels - values) ** 2

    def r2(weights: Array) -> float:
        mean = _ratio(np.sum(weights * labels), np.sum(weights))
        spread = np.sum(weights * (labels - mean) ** 2)
        return 1 - _ratio(np.sum(weights * squares), spread)

    return r2


_REGRESSION = {"MSE": _mse, "RMSE": _rmse, "MAE": _mae, "R2": _r2}


def _ratio(part: Any, whole: Any) -> float:
    return float(part / whole) if whole else float("nan")


def _ratios(parts: Array, wholes: Array) -> Array:
    """0 where the divisor is 0, as with scikit-learn's zero_division=0."""
    zeros = np.zeros_like(parts, dtype=float)
    return np.asarray(np.divide(parts, wholes, out=zeros, where=wholes > 0))
