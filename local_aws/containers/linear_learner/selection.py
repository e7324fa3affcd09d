"""Which of the models is the best so far, and when training has stopped to improve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from local_aws.containers.linear_learner.losses import Array, Loss
from local_aws.containers.linear_learner.metric_names import BINARY
from local_aws.containers.linear_learner.model import as_scores, neutral_score
from local_aws.containers.linear_learner.threshold import Threshold, best_threshold


@dataclass(frozen=True)
class Standing:
    """How the models stand after an epoch: mean loss and threshold of each."""

    losses: Array
    thresholds: list[Threshold]

    @classmethod
    def of(cls, outputs: Array, labels: Array, loss: Loss, values: Mapping[str, Any]) -> Standing:
        """From outputs (row, model, class) and labels (row, 1, class)."""
        models = outputs.shape[1]
        thresholds = [Threshold(0.0, 0.0)] * models
        if values["predictor_type"] == BINARY:
            most = values["num_calibration_samples"]
            rows = slice(None if most == "auto" else most)
            scores = as_scores(outputs[rows], values["loss"])[:, :, 0]
            neutral = neutral_score(values["loss"])
            thresholds = [
                best_threshold(scores[:, model], labels[rows, 0, 0], values, neutral)
                for model in range(models)
            ]
        return cls(loss.of_rows(outputs, labels).mean(axis=0), thresholds)

    @property
    def best(self) -> int:
        """The model with the best criterion; of equally good ones that with the least loss."""
        return max(range(len(self.losses)), key=self.rank)

    def rank(self, model: int) -> tuple[float, float]:
        """Higher is better; a model whose loss is no number is the worst."""
        loss = float(self.losses[model])
        if not np.isfinite(loss):
            return (-np.inf, -np.inf)
        return (self.thresholds[model].value, -loss)


class Patience:
    """Counts the epochs without an improvement that is worth it."""

    def __init__(self, values: Mapping[str, Any], *, validated: bool) -> None:
        criterion = values["binary_classifier_model_selection_criteria"]
        self._by_criterion = (
            validated and values["predictor_type"] == BINARY and criterion != "loss_function"
        )
        self._criterion = criterion
        self._tolerance = float(values["early_stopping_tolerance"])
        self._left = self._patience = values["early_stopping_patience"]
        self._best: float | None = None

    def watch(self, standing: Standing, loss: Loss) -> tuple[str, float]:
        """The name and value of what is watched, after taking note of it.

        That is the criterion of a binary classifier with validation data, else the loss.
        """
        best = standing.best
        name, value, sign = loss.objective, float(standing.losses[best]), -1.0
        if self._by_criterion:
            name, value, sign = f"sampled_{self._criterion}", standing.thresholds[best].value, 1.0
        improved = self._best is None or self._is_better(sign * (value - self._best))
        if improved:
            self._best, self._left = value, self._patience
        else:
            self._left -= 1
        return name, value

    @property
    def is_over(self) -> bool:
        return bool(self._left <= 0)

    def _is_better(self, gain: float) -> bool:
        """The gain is measured against the best value so far."""
        least = self._tolerance * abs(self._best or 0.0)
        return bool(gain > max(0.0, least))
