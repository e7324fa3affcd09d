"""Normalisation of features and labels, and how a model of scaled data becomes one of raw data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from local_sagemaker.containers.linear_learner.losses import Array
from local_sagemaker.containers.linear_learner.metric_names import REGRESSOR
from local_sagemaker.containers.rows import Rows


@dataclass(frozen=True)
class Scaler:
    """What is taken off the features and labels, and what they are divided by."""

    shift: Array
    scale: Array
    label_shift: float = 0.0
    label_scale: float = 1.0

    @classmethod
    def fit(cls, rows: Rows, values: Mapping[str, Any]) -> Scaler:
        """From the first num_point_for_scaler rows, as normalize_* and unbias_* ask.

        What is `auto` follows the guide: labels are normalised for a regressor, and features and
        labels are unbiased when the model has a bias.
        """
        points = values["num_point_for_scaler"]
        features, labels = rows.features[:points], rows.labels[:points]
        regression, bias = values["predictor_type"] == REGRESSOR, values["use_bias"] == "true"
        unbias, normalise = values["unbias_data"], values["normalize_data"]
        return cls(
            features.mean(axis=0) if _is_on(unbias, bias) else np.zeros(features.shape[1]),
            _spread(features) if _is_on(normalise, True) else np.ones(features.shape[1]),
            float(labels.mean())
            if regression and bias and _is_on(values["unbias_label"], True)
            else 0.0,
            float(_spread(labels[:, None])[0])
            if regression and _is_on(values["normalize_label"], True)
            else 1.0,
        )

    def features(self, features: Array) -> Array:
        return np.asarray((features - self.shift) / self.scale)

    def labels(self, labels: Array) -> Array:
        return np.asarray((labels - self.label_shift) / self.label_scale)

    def outputs(self, outputs: Array) -> Array:
        """Outputs of a model of scaled data in the units of the labels."""
        return np.asarray(outputs * self.label_scale + self.label_shift)

    def raw_model(self, weights: Array, bias: Array) -> tuple[Array, Array]:
        """Weights (feature, class) and bias (class) that give these outputs of raw features."""
        raw_weights = weights / self.scale[:, None]
        raw_bias = bias - self.shift @ raw_weights
        return raw_weights * self.label_scale, self.outputs(raw_bias)


def _is_on(setting: str, auto: bool) -> bool:
    return auto if setting == "auto" else setting == "true"


def _spread(columns: Array) -> Array:
    """The standard deviation of each column; 1 for one that does not vary."""
    spread = columns.std(axis=0)
    return np.where(spread > 0, spread, 1.0)
