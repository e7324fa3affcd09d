"""What is done after every boosting round."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.pickled_model import pickled
from local_sagemaker.containers.xgboost.versions import ContainerVersion

MODEL_NAME = "xgboost-model"


class EveryCallback(xgboost.callback.TrainingCallback):
    """Runs callbacks in their order, all of them in every round.

    XGBoost runs them in a random order and leaves out those behind the one that stops the
    training. So the container's log has or has not the last round of a job that stopped early,
    and AMT's objective is the last or the last but one; here the last round is always logged.
    """

    def __init__(self, callbacks: Sequence[xgboost.callback.TrainingCallback]) -> None:
        super().__init__()
        self.callbacks = callbacks

    def before_training(self, model: Any) -> Any:
        for callback in self.callbacks:
            model = callback.before_training(model)
        return model

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        return any(
            [callback.after_iteration(model, epoch, evals_log) for callback in self.callbacks]
        )

    def after_training(self, model: Any) -> Any:
        for callback in self.callbacks:
            model = callback.after_training(model)
        return model


class RoundLog(xgboost.callback.TrainingCallback):
    r"""Prints a round's metrics: [0]\ttrain-auc:0.89039\tvalidation-auc:0.84164.

    A job that goes on from a checkpoint counts on from it.
    """

    def __init__(self) -> None:
        super().__init__()
        self.done = 0

    def before_training(self, model: Any) -> Any:
        self.done = model.num_boosted_rounds()
        return model

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        scores = (
            f"\t{data}-{metric}:{values[-1]:.5f}"
            for data, metrics in evals_log.items()
            for metric, values in metrics.items()
        )
        print(f"[{self.done + epoch}]{''.join(scores)}", flush=True)
        return False


class ModelOfEachRound(xgboost.callback.TrainingCallback):
    """Keeps the model of the last finished round in the model directory."""

    def __init__(self, path: Path, version: ContainerVersion) -> None:
        super().__init__()
        self.path = path
        self.version = version

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        save_model(model, self.path, self.version)
        return False


def save_model(booster: xgboost.Booster, path: Path, version: ContainerVersion) -> None:
    """Write a model as the version's artefact, so that the path holds a whole one at any time."""
    content = pickled(booster) if version.pickles_models else _raw(booster, version)
    _replace(path, content)


def save_checkpoint(booster: xgboost.Booster, path: Path, version: ContainerVersion) -> None:
    """Write a model in the library's format, so that the path holds a whole one at any time."""
    _replace(path, _raw(booster, version))


def _raw(booster: xgboost.Booster, version: ContainerVersion) -> bytes:
    with xgboost.config_context(verbosity=0):  # no warning that the old format is old
        return bytes(booster.save_raw(version.model_format))


def _replace(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    # Outside the model directory, of which SageMaker packs every file.
    partial = path.parent.with_name(f"{path.name}.partial")
    partial.write_bytes(content)
    os.replace(partial, path)
