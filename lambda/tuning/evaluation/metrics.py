"""Metrics from labels and predictions, equal to scikit-learn's of the same name.

Metrics are prepared once, and the result is a function of one weight for each row: so the
bootstrap, which weights the same rows a thousand times, sorts them only once, and counts classes
once for all metrics that need no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from tuning.evaluation.losses import Array, Loss, distances, log_losses, squares
from tuning.evaluation.ranking import OF_QUERIES

# Weights, one a row or, for a ranking, one a query -> a metric; NaN where it is undefined.
OfWeights = Callable[[Array], float]
Weighted = Callable[[Array], dict[str, float]]  # the same for several metrics, by name


def prepare(
    names: Iterable[str], labels: Array, predictions: Array, queries: Array | None = None
) -> Weighted:
    """The metrics of these names as a function of the rows' weights.

    `predictions` have one number in each row (a probability, a class or a value), or one
    probability for each class. For a ranking `queries` number the query of each row from 0, and
    there is a weight for each query.
    """
    asked = list(names)
    of_rows = {name: _OF_ROWS[name](labels, predictions) for name in asked if name in _OF_ROWS}
    if queries is not None:
        of_rows |= {name: OF_QUERIES[name](labels, predictions, queries) for name in asked}
    of_table = {name: OF_TABLE[name] for name in asked if name in OF_TABLE}
    count = _confusion(labels, classes_of(predictions)) if of_table else None

    def values(weights: Array) -> dict[str, float]:
        found = {name: metric(weights) for name, metric in of_rows.items()}
        if count:
            table = count(weights)
            found |= {name: metric(table) for name, metric in of_table.items()}
        return found

    return values


def weighed(labels: Array, queries: Array | None) -> int:
    """How many weights a metric takes: one a row, of a ranking one a query."""
    return len(labels) if queries is None else int(queries.max()) + 1


def _auc(labels: Array, scores: Array) -> OfWeights:
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


def classes_of(predictions: Array) -> Array:
    """The most probable class. One number stands for the nearest class; 0.5 for class 0."""
    is_one_a_class = predictions.ndim == 2
    return np.asarray(predictions.argmax(axis=1) if is_one_a_class else np.rint(predictions), int)


def _confusion(labels: Array, predicted: Array) -> Callable[[Array], Array]:
    """The table of true (rows) and predicted (columns) classes, by the rows' weights."""
    true = labels.astype(int)
    size = int(max(true.max(), predicted.max(), 1)) + 1
    cells = true * size + predicted
    return lambda weights: np.bincount(cells, weights, size * size).reshape(size, size)


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


OF_TABLE: dict[str, Callable[[Array], float]] = {
    "Accuracy": _accuracy,
    "BalancedAccuracy": _balanced_accuracy,
    "F1": lambda table: float(_f1s(table)[1]),
    "Precision": lambda table: float(_precisions(table)[1]),
    "Recall": lambda table: float(_recalls(table)[1]),
    "F1macro": _macro(_f1s),
    "PrecisionMacro": _macro(_precisions),
    "RecallMacro": _macro(_recalls),
}


def _mean(loss: Loss) -> Callable[[Array, Array], OfWeights]:
    def prepared(labels: Array, predictions: Array) -> OfWeights:
        losses = loss(labels, predictions)
        return lambda weights: _ratio(np.sum(weights * losses), np.sum(weights))

    return prepared


def _rmse(labels: Array, values: Array) -> OfWeights:
    mse = _mean(squares)(labels, values)
    return lambda weights: float(np.sqrt(mse(weights)))


def _r2(labels: Array, values: Array) -> OfWeights:
    losses = squares(labels, values)

    def r2(weights: Array) -> float:
        mean = _ratio(np.sum(weights * labels), np.sum(weights))
        spread = np.sum(weights * (labels - mean) ** 2)
        return 1 - _ratio(np.sum(weights * losses), spread)

    return r2


_OF_ROWS: dict[str, Callable[[Array, Array], OfWeights]] = {
    "AUC": _auc,
    "LogLoss": _mean(log_losses),
    "MSE": _mean(squares),
    "RMSE": _rmse,
    "MAE": _mean(distances),
    "R2": _r2,
}


def _ratio(part: Any, whole: Any) -> float:
    return float(part / whole) if whole else float("nan")


def _ratios(parts: Array, wholes: Array) -> Array:
    """0 where the divisor is 0, as with scikit-learn's zero_division=0."""
    zeros = np.zeros_like(parts, dtype=float)
    return np.asarray(np.divide(parts, wholes, out=zeros, where=wholes > 0))
