"""The metrics of the final model on a channel, by their names in a tuning job."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from local_sagemaker.containers.linear_learner.losses import Array
from local_sagemaker.containers.linear_learner.metric_names import BINARY

Scores = dict[str, float]


def scores(
    predictions: Array, predicted: Array | None, labels: Array, values: Mapping[str, Any]
) -> Scores:
    """Metrics of what a model gives: its scores (row, class) and, of a classifier, its labels."""
    if predicted is None:
        return _regression(predictions[:, 0], labels)
    if values["predictor_type"] == BINARY:
        return _binary(predictions[:, 0], predicted, labels, values["f_beta"])
    return _multiclass(predictions, labels.astype(int), values)


def _binary(scored: Array, predicted: Array, labels: Array, beta: float) -> Scores:
    hits = float((predicted * labels).sum())
    precision, recall = _share(hits, predicted.sum()), _share(hits, labels.sum())
    return {
        "binary_classification_accuracy": float((predicted == labels).mean()),
        "binary_f_beta": float(_f_beta(np.array(precision), np.array(recall), beta)),
        "precision": precision,
        "recall": recall,
        "roc_auc_score": roc_auc(scored, labels),
    }


def roc_auc(scored: Array, labels: Array) -> float:
    """The chance that a positive row has a higher score than a negative one; 0.5 without both."""
    _, ranks, counts = np.unique(scored, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    rank = (last - (counts - 1) / 2.0)[ranks]  # equal scores share the middle of their ranks
    positives = float(labels.sum())
    pairs = positives * (len(labels) - positives)
    if pairs == 0:
        return 0.5
    return float((rank[labels == 1].sum() - positives * (positives + 1) / 2.0) / pairs)


def _multiclass(scored: Array, labels: Array, values: Mapping[str, Any]) -> Scores:
    rows, classes = np.arange(len(labels)), scored.shape[1]
    predicted = scored.argmax(axis=1)
    place = (scored > scored[rows, labels][:, None]).sum(axis=1)  # of the true class, from 0
    right = np.bincount(labels[predicted == labels], minlength=classes)
    labelled = np.bincount(labels, minlength=classes)
    called = np.bincount(predicted, minlength=classes)
    seen = (labelled > 0) | (called > 0)
    precision = (right / np.maximum(called, 1))[seen]
    recall = (right / np.maximum(labelled, 1))[seen]
    return {
        "multiclass_accuracy": float((predicted == labels).mean()),
        "multiclass_top_k_accuracy": float((place < values["accuracy_top_k"]).mean()),
        "dcg": float((1.0 / np.log2(place + 2.0)).mean()),
        "macro_recall": float(recall.mean()),
        "macro_precision": float(precision.mean()),
        "macro_f_beta": float(_f_beta(precision, recall, values["f_beta"]).mean()),
    }


def _regression(predicted: Array, labels: Array) -> Scores:
    error = predicted - labels
    squared = float((error**2).mean())
    return {
        "mse": squared,
        "absolute_loss": float(np.abs(error).mean()),
        "rmse": squared**0.5,
    }


def _share(part: float, whole: float) -> float:
    return float(part / whole) if whole else 0.0


def _f_beta(precision: Array, recall: Array, beta: float) -> Array:
    weighted = beta**2 * precision + recall
    return np.asarray((1.0 + beta**2) * precision * recall / np.where(weighted > 0, weighted, 1.0))
