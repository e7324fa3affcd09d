"""Counts of how a model's predictions compare with labels: what a report shows beside metrics."""

from __future__ import annotations

import math

import numpy as np

from tuning.evaluation.losses import Array
from tuning.evaluation.metric_names import BINARY, MULTICLASS, REGRESSION
from tuning.evaluation.scores import confusion_table
from tuning.variables.answers import Answers, CalibrationPart, Confusion, ResidualPart

THRESHOLD = 0.5  # at which Precision, Recall and F1 are computed too
MOST_CLASSES = 10  # of a matrix that a person reads
PARTS = 10  # of the rows, by their predicted probability, or of the residuals' span
SPAN = (0.01, 0.99)  # quantiles of the residuals that the middle parts lie between


def compare(problem_type: str, labels: Array, predictions: Array) -> Answers | None:
    """None for a ranking, whose scores are compared within queries only."""
    if problem_type == REGRESSION:
        residuals = labels - predictions
        mean = float(residuals.mean())
        return Answers(residuals=_histogram(residuals), mean_residual=mean)
    if problem_type == BINARY:
        return Answers(
            confusion=_confusion(labels, predictions, THRESHOLD),
            base_rate=float(labels.mean()),
            top_rate=_top_rate(labels, predictions),
            calibration=_calibration(labels, predictions),
        )
    if problem_type == MULTICLASS:
        return Answers(confusion=_confusion(labels, predictions, None))
    return None


def _confusion(labels: Array, predictions: Array, threshold: float | None) -> Confusion | None:
    table = confusion_table(labels, predictions)
    if len(table) > MOST_CLASSES:
        return None
    counts = tuple(tuple(int(count) for count in row) for row in table)
    return Confusion(threshold=threshold, counts=counts)


def _top_rate(labels: Array, predictions: Array) -> float:
    """Of rows that share the last place, each counts in part."""
    count = max(1, round(len(labels) / 10))
    least = np.partition(predictions, -count)[-count]
    above, level = predictions > least, predictions == least
    hits = labels[above].sum() + labels[level].mean() * (count - above.sum())
    return float(hits / count)


def _calibration(labels: Array, predictions: Array) -> tuple[CalibrationPart, ...]:
    """Parts of equally many rows; nothing of a model that answers classes alone."""
    if ((predictions == predictions.min()) | (predictions == predictions.max())).all():
        return ()
    order = np.argsort(predictions, kind="stable")
    parts = np.array_split(order, min(PARTS, len(order)))
    return tuple(
        CalibrationPart(
            rows=len(part),
            predicted=float(predictions[part].mean()),
            actual=float(labels[part].mean()),
        )
        for part in parts
    )


def _histogram(residuals: Array) -> tuple[ResidualPart, ...]:
    """The first and the last part take what lies beyond. The order of the residuals is lost."""
    low, high = np.quantile(residuals, SPAN, overwrite_input=True)
    if math.isclose(low, high):
        return (ResidualPart(low=float(low), high=float(high), rows=len(residuals)),)
    edges = np.linspace(low, high, PARTS + 1)
    counts, _ = np.histogram(np.clip(residuals, low, high, out=residuals), edges)
    pairs = zip(edges[:-1], edges[1:], counts, strict=True)
    return tuple(
        ResidualPart(low=float(left), high=float(right), rows=int(count))
        for left, right, count in pairs
    )
