"""Where a binary classifier draws the line: the threshold that serves the asked criterion best."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.linear_learner.losses import Array

Counts = NDArray[np.int64]


@dataclass(frozen=True)
class Cuts:
    """What comes of calling the rows with the highest scores positive, for each number of them."""

    true_positives: Array
    predicted: Array  # how many rows are called positive
    positives: int
    rows: int

    @property
    def accuracy(self) -> Array:
        false_positives = self.predicted - self.true_positives
        negatives = self.rows - self.positives
        return np.asarray((self.true_positives + negatives - false_positives) / self.rows)

    @property
    def precision(self) -> Array:
        return np.asarray(self.true_positives / np.maximum(self.predicted, 1))

    @property
    def recall(self) -> Array:
        return np.asarray(self.true_positives / max(self.positives, 1))

    def f_beta(self, beta: float) -> Array:
        weighted = (1.0 + beta**2) * self.true_positives
        return np.asarray(weighted / np.maximum(beta**2 * self.positives + self.predicted, 1))


@dataclass(frozen=True)
class ScoreThreshold:
    """A row is positive when its score is at least `at`; `value` is what the criterion gets."""

    at: float
    value: float


def best_threshold(
    scores: Array, labels: Array, values: Mapping[str, Any], neutral: float
) -> ScoreThreshold:
    """The threshold with the best criterion; of equally good ones that nearest to `neutral`.

    With the criterion loss_function it is `neutral` itself.
    """
    name = values["binary_classifier_model_selection_criteria"]
    if name == "loss_function":
        return ScoreThreshold(neutral, 0.0)
    order = np.argsort(-scores, kind="stable")
    ordered = scores[order]
    ends = np.flatnonzero(np.append(np.diff(ordered) != 0, True)) + 1
    predicted = np.concatenate([[0], ends])
    found = np.concatenate([[0.0], np.cumsum(labels[order])])[predicted]
    cuts = Cuts(found, predicted.astype(float), int(labels.sum()), len(labels))
    criterion = CRITERIA[name](cuts, values)
    thresholds = _between(ordered, predicted)
    best = np.flatnonzero(criterion == criterion.max())
    nearest = best[np.argmin(np.abs(thresholds[best] - neutral))]
    return ScoreThreshold(float(thresholds[nearest]), float(criterion[nearest]))


def _between(ordered: Array, predicted: Counts) -> Array:
    """Half-way between the last row above the cut and the first below."""
    above = np.concatenate([[np.nextafter(ordered[0], np.inf)], ordered[predicted[1:] - 1]])
    below = np.concatenate([ordered[predicted[:-1]], [ordered[-1]]])
    below[0] = above[0]
    return np.asarray((above + below) / 2.0)


def _precision_at_target_recall(cuts: Cuts, values: Mapping[str, Any]) -> Array:
    """Precision where recall reaches its target, which it does when all rows are positive."""
    return np.where(cuts.recall >= values["target_recall"], cuts.precision, -1.0)


def _recall_at_target_precision(cuts: Cuts, values: Mapping[str, Any]) -> Array:
    """Recall where precision reaches its target; if it never does, the highest precision counts."""
    reached = cuts.precision >= values["target_precision"]
    return np.where(reached, cuts.recall, cuts.precision - 1.0)


CRITERIA: dict[str, Callable[[Cuts, Mapping[str, Any]], Array]] = {
    "accuracy": lambda cuts, _: cuts.accuracy,
    "f_beta": lambda cuts, values: cuts.f_beta(values["f_beta"]),
    "precision_at_target_recall": _precision_at_target_recall,
    "recall_at_target_precision": _recall_at_target_precision,
}
