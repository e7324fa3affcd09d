"""Which of the models is the best so far, and when training has stopped to improve."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from local_sagemaker.containers.linear_learner.losses import Array, Loss
from local_sagemaker.containers.linear_learner.metric_names import BINARY
from local_sagemaker.containers.linear_learner.model import as_scores, neutral_score
from local_sagemaker.containers.linear_learner.threshold import ScoreThreshold, best_threshold


@dataclass(frozen=True)
class Standing:
    """How the models stand after an epoch: mean loss and threshold of each."""

    losses: Array
    thresholds: list[ScoreThreshold]

    @classmethod
    def of(cls, outputs: Array, labels: Array, loss: Loss, values: Mapping[str, Any]) -> Standing:
        """From outputs (row, model, class) and labels (row, 1, class)."""
        models = outputs.shape[1]
        thresholds = [ScoreThreshold(0.0, 0.0)] * models
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
    """Counts the epochs in which none of the models improves by what is worth it.

    The guide measures an improvement "in loss"; that of a criterion such as accuracy is taken to be
    what it lacks to 1.
    """

    def __init__(self, values: Mapping[str, Any], *, validated: bool) -> None:
        criterion = values["binary_classifier_model_selection_criteria"]
        self._by_criterion = (
            validated and values["predictor_type"] == BINARY and criterion != "loss_function"
        )
        self._criterion = criterion
        self._tolerance = float(values["early_stopping_tolerance"])
        self._left = self._patience = values["early_stopping_patience"]
        self._best: Array | None = None

    def watch(self, standing: Standing, loss: Loss) -> tuple[str, float]:
        """The name and value of what is watched, after taking note of it.

        That is the criterion of a binary classifier with validation data, else the loss.
        """
        best = standing.best
        if self._by_criterion:
            self._note(1.0 - np.array([threshold.value for threshold in standing.thresholds]))
            return f"sampled_{self._criterion}", standing.thresholds[best].value
        self._note(standing.losses)
        return loss.objective, float(standing.losses[best])

    @property
    def is_over(self) -> bool:
        return bool(self._left <= 0)

    def _note(self, losses: Array) -> None:
        """An improvement counts when it is large enough beside the model's best loss so far."""
        best = np.full(len(losses), np.inf) if self._best is None else self._best
        improved = np.isinf(best) | (best - losses > self._tolerance * np.abs(best))
        self._best = np.where(improved, losses, best)
        self._left = self._patience if improved.any() else self._left - 1
