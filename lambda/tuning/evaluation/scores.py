"""Metrics with every row counting once: what a model scores, equal to scikit-learn's.

They are computed of one part of the rows after another, so that a test channel of ten million rows
needs little more memory than its labels and predictions do.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from tuning.evaluation.losses import LOSSES, Array
from tuning.evaluation.metric_names import BINARY, metrics_for
from tuning.evaluation.metrics import OF_TABLE, classes_of, prepare, weighed

PART = 100_000  # rows


def parts(rows: int) -> Iterator[slice]:
    return (slice(start, start + PART) for start in range(0, rows, PART))


def all_scores(
    problem_type: str, labels: Array, predictions: Array, queries: Array | None = None
) -> dict[str, float]:
    """Every metric that the predictions tell, by name; an undefined one is left out."""
    from_labels = problem_type != BINARY and predictions.ndim == 1
    names = metrics_for(problem_type, from_labels=from_labels)
    if queries is None:
        values = scores_of(names, labels, predictions)
    else:
        values = prepare(names, labels, predictions, queries)(np.ones(weighed(labels, queries)))
    return {name: values[name] for name in names if np.isfinite(values[name])}


def score(name: str, labels: Array, predictions: Array) -> float:
    return scores_of([name], labels, predictions)[name]


def scores_of(names: Iterable[str], labels: Array, predictions: Array) -> dict[str, float]:
    """By name; NaN where it is undefined. Not of a ranking."""
    asked = list(names)
    table = (
        confusion_table(labels, predictions) if any(name in OF_TABLE for name in asked) else None
    )
    return {
        name: _of_rows(name, labels, predictions) if table is None or name not in OF_TABLE
        else OF_TABLE[name](table)
        for name in asked
    }  # fmt: skip


def mean_loss(name: str, labels: Array, predictions: Array) -> float:
    """Of LOSSES."""
    loss = LOSSES[name]
    total = sum(np.sum(loss(labels[part], predictions[part])) for part in parts(len(labels)))
    return float(total / len(labels))


def spread(labels: Array) -> float:
    """The variance, by which R2 measures."""
    mean = labels.mean()
    return sum(float(np.sum((labels[part] - mean) ** 2)) for part in parts(len(labels))) / len(
        labels
    )


def confusion_table(labels: Array, predictions: Array) -> Array:
    """How many rows of each true class (rows) are predicted as each class (columns)."""
    size = max(int(labels.max()) + 1, class_count(predictions), 2)
    counts = np.zeros(size * size)
    for part in parts(len(labels)):
        cells = labels[part].astype(int) * size + classes_of(predictions[part])
        counts += np.bincount(cells, minlength=size * size)
    return counts.reshape(size, size)


def class_count(predictions: Array) -> int:
    """One more than the largest class that is predicted."""
    return 1 + max(int(classes_of(predictions[part]).max()) for part in parts(len(predictions)))


def ascending(values: Array) -> Array:
    """Sorts a copy that nobody else has."""
    values.sort()
    return values


def shares_below(values: Array, others: Array) -> Array:
    """Of each value, the share of `others`, which ascend, that lie below it; equal ones half."""
    below = np.searchsorted(others, values, "left") + np.searchsorted(others, values, "right")
    return np.asarray(below / (2 * len(others)))


def _of_rows(name: str, labels: Array, predictions: Array) -> float:
    if name == "AUC":
        return _auc(labels, predictions)
    mean = mean_loss(name, labels, predictions)
    if name == "RMSE":
        return float(np.sqrt(mean))
    if name == "R2":
        around = spread(labels)
        return 1 - mean / around if around else float("nan")
    return mean


def _auc(labels: Array, predictions: Array) -> float:
    """How often a positive row is above a negative one: the area under the ROC curve."""
    positive = labels == 1
    above, below = (ascending(predictions[rows]) for rows in (positive, ~positive))
    if not len(above) or not len(below):
        return float("nan")
    total = sum(float(shares_below(above[part], below).sum()) for part in parts(len(above)))
    return total / len(above)
