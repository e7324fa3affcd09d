"""The metrics that the container computes itself, outside the library.

Here they are always computed from the right class labels, as the image does up to 1.7. The source
of 3.0-5 thresholds at 0 what are probabilities by then: its accuracy, f1, precision and recall are
those of "every row is positive" for binary:logistic, and of classes 0 and 1 only for
multi:softmax. Whether the published image does so is not known; the log of such a job says it.
Tune on auc, aucpr, logloss or error to be independent of it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.xgboost.confusion import CLASS_METRICS, Confusion

if TYPE_CHECKING:
    from xgboost import DMatrix

Array = NDArray[Any]
Evaluation = Callable[[Array, "DMatrix"], list[tuple[str, float]]]

PROBABILITIES = ("binary:logistic", "reg:logistic")
MISREPORTED = (*PROBABILITIES, "multi:softmax")

logger = logging.getLogger(__name__)


def mse(labels: Array, predictions: Array) -> float:
    return float(np.mean((labels - predictions) ** 2))


def rmse(labels: Array, predictions: Array) -> float:
    return float(np.sqrt(mse(labels, predictions)))


def mae(labels: Array, predictions: Array) -> float:
    return float(np.mean(np.abs(labels - predictions)))


def r2(labels: Array, predictions: Array) -> float:
    """1 for predictions that are all right, 0 for none better than the mean label."""
    error, spread = mse(labels, predictions), float(np.var(labels))
    if spread == 0:
        return 1.0 if error == 0 else 0.0
    return 1.0 - error / spread


VALUE_METRICS = {"mse": mse, "rmse": rmse, "mae": mae, "r2": r2}
OWN_METRICS = {*CLASS_METRICS, *VALUE_METRICS}


def evaluation(names: Sequence[str], objective: str) -> Evaluation:
    """The function that the library calls each round to compute the named metrics."""
    of_classes = [name for name in names if name in CLASS_METRICS]
    of_values = [name for name in names if name in VALUE_METRICS]

    def evaluate(predictions: Array, matrix: DMatrix) -> list[tuple[str, float]]:
        labels = matrix.get_label()
        found = [(name, VALUE_METRICS[name](labels, predictions)) for name in of_values]
        if of_classes:
            counts = Confusion.of(labels, class_labels(predictions, objective))
            found += [(name, CLASS_METRICS[name](counts)) for name in of_classes]
        return found

    return evaluate


def warn_of_published_image(names: Sequence[str], objective: str) -> None:
    """Say in the log of a job which of its metrics the image on AWS may report otherwise."""
    classes = [name for name in names if name in CLASS_METRICS]
    if classes and objective in MISREPORTED:
        logger.warning(
            "The metrics %s are right here, but the source of images from 3.0 computes them "
            "wrongly for %s: on AWS they may have other values. Tune on auc, aucpr, logloss, "
            "error, mlogloss or merror, or use image 1.7-1.",
            ", ".join(classes),
            objective,
        )


def class_labels(predictions: Array, objective: str) -> Array:
    """The class of each row, from predictions as the library transforms them."""
    if predictions.ndim == 2:
        return np.asarray(np.argmax(predictions, axis=1))
    if objective == "multi:softmax":
        return predictions
    return np.asarray(predictions > (0.5 if objective in PROBABILITIES else 0.0), dtype=int)
