"""What each row loses: the metrics that are a mean over the rows, before the mean is taken."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[Any]
Loss = Callable[[Array, Array], Array]  # labels, predictions -> one number a row


def squares(labels: Array, values: Array) -> Array:
    return np.asarray((labels - values) ** 2)


def distances(labels: Array, values: Array) -> Array:
    return np.asarray(np.abs(labels - values))


def log_losses(labels: Array, predictions: Array) -> Array:
    """Probabilities of 0 and 1 are moved by an epsilon, as scikit-learn does it."""
    classes = labels.astype(int)
    if predictions.ndim == 1:
        of_true_class = np.where(classes == 1, predictions, 1 - predictions)
    else:
        of_true_class = predictions[np.arange(len(classes)), classes]
    epsilon = np.finfo(float).eps
    return np.asarray(-np.log(np.clip(of_true_class, epsilon, 1 - epsilon)))


# The mean of which each metric is, or is made from.
LOSSES: dict[str, Loss] = {
    "LogLoss": log_losses,
    "MSE": squares,
    "RMSE": squares,
    "R2": squares,
    "MAE": distances,
}
