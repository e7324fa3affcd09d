"""The tensors of a round, by SageMaker Debugger's collections (smdebug/xgboost/hook.py)."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.xgboost.dumped_tree import has_trees, tree_columns
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.versions import ContainerVersion

Tensors = Iterator[tuple[str, Any]]
"""Names, and numbers, texts or arrays."""

IMPORTANCES = ("weight", "gain", "cover", "total_gain", "total_cover")
_RISING = ("auc", "map")  # which are no losses

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class TrainedOn:
    """What is the same in each round: matrices by name ("train" is one), hyperparameters, image."""

    matrices: Mapping[str, xgboost.DMatrix]
    hyperparameters: Mapping[str, Any]
    version: ContainerVersion


@dataclass
class RoundTensors:
    """What can be saved of round `number`; `scores` are the metrics of all rounds so far."""

    trained_on: TrainedOn
    model: xgboost.Booster
    number: int
    scores: Mapping[str, Mapping[str, list[float]]]

    def by_collection(self) -> dict[str, Callable[[], Tensors]]:
        """In the order in which smdebug saves them."""
        return {
            "hyperparameters": self._hyperparameters,
            "metrics": self._metrics,
            "losses": self._losses,
            "predictions": self._predictions,
            "labels": self._labels,
            "feature_importance": self._feature_importance,
            "trees": self._trees,
            "full_shap": self._full_shap,
            "average_shap": self._average_shap,
        }

    def _hyperparameters(self) -> Tensors:
        for name, value in self.trained_on.hyperparameters.items():
            yield f"hyperparameters/{name}", value

    def _metrics(self) -> Tensors:
        for data, metrics in self.scores.items():
            for metric, values in metrics.items():
                yield f"{data}-{metric}", values[-1]

    def _losses(self) -> Tensors:
        for name, value in self._metrics():
            if name.rpartition("-")[2] not in _RISING:
                yield name, value

    def _predictions(self) -> Tensors:
        if "validation" in self.trained_on.matrices:
            yield "predictions", self.model.predict(self.trained_on.matrices["validation"])

    def _labels(self) -> Tensors:
        if "validation" in self.trained_on.matrices:
            yield "labels", self.trained_on.matrices["validation"].get_label()

    def _feature_importance(self) -> Tensors:
        """A feature's share of each kind of importance; a linear model has none."""
        if not has_trees(self.model):
            logger.warning("Feature importance is not defined for Booster type gblinear")
            return
        for kind in IMPORTANCES:
            scores = self.model.get_score("", kind)
            total = np.sum([*scores.values()])
            for name, score in scores.items():
                yield f"feature_importance/{kind}/{name}", score / total

    def _trees(self) -> Tensors:
        if not has_trees(self.model):
            logger.warning("Tree model dump is not supported for Booster type gblinear")
            return
        with_categories = self.trained_on.version.release >= (1, 5)
        yield from tree_columns(self.model, self.number, with_categories=with_categories)

    def _full_shap(self) -> Tensors:
        """Under the name of each feature the values of all."""
        for name in self._features:
            yield f"full_shap/{name}", self._shap_values

    def _average_shap(self) -> Tensors:
        means = self._shap_values.mean(axis=tuple(range(self._shap_values.ndim - 1)))
        for name, mean in zip(self._features, means, strict=True):
            yield f"average_shap/{name}", mean

    @cached_property
    def _shap_values(self) -> NDArray[Any]:
        """Of the training data: rows, classes if there are more than two, features and the bias."""
        matrix = self.trained_on.matrices["train"]
        values: NDArray[Any] = self.model.predict(matrix, pred_contribs=True)
        return values

    @cached_property
    def _features(self) -> list[str]:
        numbers = range(self.model.num_features())
        return [*(self.model.feature_names or [f"f{number}" for number in numbers]), "bias"]
