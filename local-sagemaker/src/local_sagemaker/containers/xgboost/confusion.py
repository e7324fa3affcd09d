"""Metrics of classes, from counts of (label, predicted class) pairs.

A quotient whose denominator is zero counts as 0, as in scikit-learn.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.errors import UserError

Array = NDArray[Any]


@dataclass(frozen=True)
class Confusion:
    """Counts per class, over the classes that occur as a label or as a prediction."""

    classes: Array
    right: Array
    labelled: Array
    predicted: Array

    @classmethod
    def of(cls, labels: Array, predicted: Array) -> Confusion:
        classes, index = np.unique(np.concatenate([labels, predicted]), return_inverse=True)
        of_labels, of_predicted = index[: len(labels)], index[len(labels) :]
        right = of_labels[of_labels == of_predicted]
        counts = [
            np.bincount(found, minlength=len(classes)) for found in (right, of_labels, of_predicted)
        ]
        return cls(classes, *counts)

    @property
    def precision(self) -> Array:
        return _quotient(self.right, self.predicted)

    @property
    def recall(self) -> Array:
        return _quotient(self.right, self.labelled)

    @property
    def f1(self) -> Array:
        return _quotient(2 * self.right, self.labelled + self.predicted)

    def of_positive_class(self, values: Array) -> float:
        """The value of class 1; only labels 0 and 1 have a positive class."""
        if not set(self.classes) <= {0, 1}:
            raise UserError(
                "Target is multiclass but average='binary': the metrics f1_binary, precision and "
                "recall need labels 0 and 1; choose the _macro or _micro metric"
            )
        return float(values[self.classes == 1].sum())


def _quotient(numerator: Array, denominator: Array) -> Array:
    return np.asarray(numerator / np.maximum(denominator, 1))


def accuracy(counts: Confusion) -> float:
    return float(counts.right.sum() / counts.labelled.sum())


def balanced_accuracy(counts: Confusion) -> float:
    return float(counts.recall[counts.labelled > 0].mean())


def f1_macro(counts: Confusion) -> float:
    return float(counts.f1.mean())


CLASS_METRICS: dict[str, Callable[[Confusion], float]] = {
    "accuracy": accuracy,
    "balanced_accuracy": balanced_accuracy,
    "f1": f1_macro,
    "f1_macro": f1_macro,
    "f1_binary": lambda counts: counts.of_positive_class(counts.f1),
    "precision": lambda counts: counts.of_positive_class(counts.precision),
    "precision_macro": lambda counts: float(counts.precision.mean()),
    "precision_micro": accuracy,
    "recall": lambda counts: counts.of_positive_class(counts.recall),
    "recall_macro": lambda counts: float(counts.recall.mean()),
    "recall_micro": accuracy,
}
