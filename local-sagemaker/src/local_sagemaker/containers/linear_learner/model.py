"""A trained linear model: what it predicts, and its file.

AWS's container writes MXNet's format. This one is an archive of numpy arrays, which only the
serve program next to it reads: a model of local AWS cannot be served by AWS, nor the other way
round.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from local_sagemaker.containers.linear_learner.losses import Array, sigmoid, softmax
from local_sagemaker.containers.linear_learner.metric_names import BINARY, MULTICLASS

FILE = "linear-learner.npz"


@dataclass(frozen=True)
class LinearModel:
    """Weights (feature, class) and bias (class); the threshold is a binary classifier's."""

    predictor: str
    loss: str
    weights: Array
    bias: Array
    threshold: float = 0.0

    @property
    def width(self) -> int:
        """How many features a row has."""
        return int(self.weights.shape[0])

    def scores(self, features: Array) -> Array:
        """(row, class): probabilities with the losses logistic and softmax, else the outputs."""
        return as_scores(features @ self.weights + self.bias, self.loss)

    def labels(self, scores: Array) -> Array | None:
        """The class of each row; None for a regressor."""
        if self.predictor == BINARY:
            return np.asarray(scores[:, 0] >= self.threshold, dtype=float)
        if self.predictor == MULTICLASS:
            return np.asarray(scores.argmax(axis=1), dtype=float)
        return None

    def save(self, directory: Path) -> None:
        np.savez(
            directory / FILE,
            predictor=np.array(self.predictor),
            loss=np.array(self.loss),
            weights=self.weights,
            bias=self.bias,
            threshold=np.array(self.threshold),
        )

    @classmethod
    def load(cls, directory: Path) -> LinearModel:
        """Raises OSError or ValueError when there is no such file."""
        with np.load(directory / FILE, allow_pickle=False) as file:
            return cls(
                predictor=str(file["predictor"]),
                loss=str(file["loss"]),
                weights=file["weights"],
                bias=file["bias"],
                threshold=float(file["threshold"]),
            )


def as_scores(outputs: Array, loss: str) -> Array:
    """Outputs, whose last axis is the class, as the endpoint gives them."""
    if loss == "logistic":
        return sigmoid(outputs)
    return softmax(outputs) if loss == "softmax_loss" else outputs


def neutral_score(loss: str) -> float:
    """The score of a row that belongs to neither class rather than to the other."""
    return 0.5 if loss == "logistic" else 0.0
