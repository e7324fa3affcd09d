"""Trains linear models by mini-batches, epoch by epoch, and keeps the best of them."""

from __future__ import annotations

import logging
import math
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.linear_learner import quality_log
from local_sagemaker.containers.linear_learner.candidates import Candidate, candidates, column
from local_sagemaker.containers.linear_learner.channel_data import TRAIN, VALIDATION
from local_sagemaker.containers.linear_learner.losses import Array, loss_function
from local_sagemaker.containers.linear_learner.metric_names import BINARY, MULTICLASS
from local_sagemaker.containers.linear_learner.model import LinearModel
from local_sagemaker.containers.linear_learner.optimizer import (
    LearningRateSchedule,
    Optimizer,
    setting,
)
from local_sagemaker.containers.linear_learner.scaling import Scaler
from local_sagemaker.containers.linear_learner.selection import Patience, Standing
from local_sagemaker.containers.rows import Rows

SEED = 0

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Best:
    """The best model of all epochs, in the units of the data, and how good it is."""

    rank: tuple[float, float]
    model: LinearModel
    settings: Candidate


class Training:
    """One training job's models. Parameters have the axes (feature, model, class)."""

    def __init__(self, values: Mapping[str, Any], train: Rows, validation: Rows | None) -> None:
        self._values = values
        self._loss = loss_function(values)
        self._scaler = Scaler.fit(train, values)
        self._random = np.random.default_rng(SEED)
        self._features = self._scaler.features(train.features)
        self._labels = self._by_class(self._scaler.labels(train.labels))
        self._candidates = candidates(values, train.labels)
        self._row_weights = self._weigh(train.labels)
        judged = validation or train
        self._judged = self._scaler.features(judged.features), self._by_class(judged.labels)
        self._validated = validation is not None
        self._begin()

    def run(self, *, stopped: Callable[[], bool]) -> LinearModel:
        """The best model, after all epochs or as soon as they bring nothing more.

        Some of several models may grow without end; they are left out, and numpy's warnings with
        them. `stopped` is asked after every mini-batch; once it says yes, the best model so far
        is it. Raises UserError when no model learns anything.
        """
        with np.errstate(over="ignore", invalid="ignore"):
            best = self._epochs(stopped)
        if best is None:
            raise UserError(
                "The loss of no model is a finite number: lower learning_rate, or set "
                "normalize_data to true"
            )
        logger.info("Best model found for hyperparameters: %s", asdict(best.settings))
        return best.model

    def _epochs(self, stopped: Callable[[], bool]) -> Best | None:
        patience = Patience(self._values, validated=self._validated)
        best: Best | None = None
        for epoch in range(self._values["epochs"]):
            started = time.monotonic()
            loss = self._epoch(stopped)
            quality_log.epoch_loss(epoch, TRAIN, self._loss.objective, loss)
            standing = Standing.of(self._outputs(), self._judged[1], self._loss, self._values)
            if self._validated:
                first = float(standing.losses[0])
                quality_log.epoch_loss(epoch, VALIDATION, self._loss.objective, first)
            quality_log.stopping_criterion(epoch, *patience.watch(standing, self._loss))
            best = self._better(best, standing)
            seconds = time.monotonic() - started
            quality_log.progress(epoch, self._values["epochs"], len(self._features), seconds)
            if patience.is_over or stopped():
                break
        return best

    def _begin(self) -> None:
        """The first parameters, which are the same for all models."""
        values, classes = self._values, self._labels.shape[2]
        shape = (self._features.shape[1], 1, classes)
        if values["init_method"] == "uniform":
            drawn = self._random.uniform(-1.0, 1.0, shape) * values["init_scale"]
        else:
            drawn = self._random.normal(0.0, values["init_sigma"], shape)
        models = len(self._candidates)
        self._weights = np.repeat(drawn, models, axis=1)
        self._bias = np.full((models, classes), values["init_bias"])
        self._steps = 0
        self._schedule = LearningRateSchedule(values)
        self._weights_optimizer = Optimizer(values, self._weights.shape)
        self._bias_optimizer = Optimizer(values, self._bias.shape)

    def _epoch(self, stopped: Callable[[], bool]) -> float:
        """Once through the rows in a new order; the mean loss of the first model."""
        total, seen = 0.0, 0
        for rows in self._batches():
            total += self._step(rows) * len(rows)
            seen += len(rows)
            if stopped():
                break
        return total / seen

    def _batches(self) -> Iterator[NDArray[np.int64]]:
        order = self._random.permutation(len(self._features))
        size = self._values["mini_batch_size"]
        yield from np.split(order, range(size, len(order), size))

    def _step(self, rows: NDArray[np.int64]) -> float:
        """Learns from a mini-batch; the loss of the first model before that."""
        features, labels = self._features[rows], self._labels[rows]
        weights = self._row_weights[rows]
        outputs = np.tensordot(features, self._weights, axes=1) + self._bias
        slope = self._loss.slope(outputs, labels) * weights / len(rows)
        self._steps += 1
        rate = self._schedule.rate(column(self._candidates, "learning_rate"), self._steps)
        decay = column(self._candidates, "wd")
        if self._values["use_bias"] == "true":
            self._bias = self._bias_optimizer.step(
                self._bias,
                slope.sum(axis=0),
                rate=rate * setting(self._values, "bias_lr_mult"),
                wd=decay * setting(self._values, "bias_wd_mult"),
                l1=np.zeros_like(decay),
            )
        self._weights = self._weights_optimizer.step(
            self._weights,
            np.tensordot(features.T, slope, axes=1),
            rate=rate,
            wd=decay,
            l1=column(self._candidates, "l1"),
        )
        losses = self._loss.of_rows(outputs, labels) * weights[:, :, 0]
        return float(losses[:, 0].mean())

    def _outputs(self) -> Array:
        """Of the rows that models are judged by, in the units of the labels."""
        outputs = np.tensordot(self._judged[0], self._weights, axes=1) + self._bias
        return self._scaler.outputs(outputs)

    def _better(self, best: Best | None, standing: Standing) -> Best | None:
        """The best model of this epoch, if it is better than the best before."""
        model = standing.best
        rank = standing.rank(model)
        if not math.isfinite(rank[0]) or (best is not None and rank <= best.rank):
            return best
        weights, bias = self._scaler.raw_model(self._weights[:, model], self._bias[model])
        threshold = standing.thresholds[model].at
        predictor, loss = self._values["predictor_type"], self._values["loss"]
        return Best(
            rank,
            LinearModel(predictor, loss, weights, bias, threshold),
            self._candidates[model],
        )

    def _by_class(self, labels: Array) -> Array:
        """Labels with the axes (row, 1, class)."""
        if self._values["predictor_type"] == MULTICLASS:
            classes = np.eye(self._values["num_classes"])
            return np.asarray(classes[labels.astype(int)][:, None, :])
        return np.asarray(labels[:, None, None])

    def _weigh(self, labels: Array) -> Array:
        """How much each row counts for each model: axes (row, model, 1)."""
        values = self._values
        weights = np.ones((len(labels), len(self._candidates)))
        if values["predictor_type"] == BINARY:
            positive = column(self._candidates, "positive_weight")[:, 0]
            weights = np.where(labels[:, None] == 1, positive, weights)
        elif values["balance_multiclass_weights"] == "true":
            counts = np.bincount(labels.astype(int), minlength=values["num_classes"])
            of_class = len(labels) / (values["num_classes"] * np.maximum(counts, 1))
            weights = weights * of_class[labels.astype(int)][:, None]
        return np.asarray(weights[:, :, None])
