"""The model that an endpoint serves: every file of the model directory, as an ensemble."""

from __future__ import annotations

import json
import logging
import pickle
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.library_errors import message
from local_sagemaker.containers.xgboost.pickled_model import is_pickle, unpickled

Array = NDArray[Any]

VOTING_OBJECTIVES = ("multi:softmax", "binary:hinge")  # their predictions are class labels

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class XGBoostModel:
    """One booster or several with the same objective."""

    boosters: Sequence[xgboost.Booster]
    objective: str
    num_class: int

    @classmethod
    def load(cls, directory: Path, *, ensemble: bool) -> XGBoostModel:
        """Load every file but dotfiles; without ensemble only the first by name.

        Raises RuntimeError when a file is no model.
        """
        paths = sorted(path for path in directory.iterdir() if path.is_file())
        paths = [path for path in paths if not path.name.startswith(".")]
        if not paths:
            raise RuntimeError(f"No model file in {directory}")
        boosters = [_load(path) for path in (paths if ensemble else paths[:1])]
        learner = json.loads(boosters[0].save_config())["learner"]
        num_class = int(learner["learner_model_param"]["num_class"])
        return cls(boosters, learner["objective"]["name"], num_class)

    def predict(self, matrix: xgboost.DMatrix) -> Array:
        """The mean of the boosters' predictions, or the majority of their class labels.

        A request with fewer features than the model is answered, as by the container; one with
        more raises XGBoostError.
        """
        predictions = [
            booster.predict(matrix, validate_features=False) for booster in self.boosters
        ]
        if len(predictions) == 1:
            return predictions[0]
        if self.objective in VOTING_OBJECTIVES:
            return majority(np.array(predictions))
        return np.asarray(np.mean(predictions, axis=0))


def _load(path: Path) -> xgboost.Booster:
    logger.info("Loading the model from %s", path)
    try:
        booster = _read(path.read_bytes())
    except (xgboost.core.XGBoostError, pickle.UnpicklingError) as error:
        raise RuntimeError(f"Model {path} cannot be loaded: {message(error)}") from error
    booster.set_param({"nthread": 1})
    return booster


def _read(content: bytes) -> xgboost.Booster:
    if is_pickle(content):
        return unpickled(content)
    booster = xgboost.Booster()
    booster.load_model(bytearray(content))
    return booster


def majority(votes: Array) -> Array:
    """The most frequent class of each column; the lowest of equals."""
    classes = np.unique(votes)
    counts = (votes[:, :, np.newaxis] == classes).sum(axis=0)
    return np.asarray(classes[counts.argmax(axis=1)])
