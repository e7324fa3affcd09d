"""SageMaker Debugger in the image: the hook that saves tensors after a round.

The images 0.90-2 to 1.7-1 have the hook (callback.py of the container, smdebug/xgboost/hook.py);
from 3.0 on it is commented out of them, so they save nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from local_sagemaker.containers.debugger.hook import Hook
from local_sagemaker.containers.debugger.hook_settings import HookSettings
from local_sagemaker.containers.directories import Directories
from local_sagemaker.containers.xgboost.debug_tensors import RoundTensors, TrainedOn
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.versions import ContainerVersion

logger = logging.getLogger(__name__)


def read_hook(directories: Directories, version: ContainerVersion) -> Hook | None:
    """The hook of a job that asks for one; the log says why there is none."""
    config = directories.debug_hook()
    if config is None:
        return None
    if not version.has_debugger:
        logger.warning("Image %s has no hook of SageMaker Debugger: it saves nothing.", version.tag)
        return None
    try:
        settings = HookSettings.read(config)
    except ValueError as fault:
        logger.warning("Failed to create debug hook, so nothing is saved: %s", fault)
        return None
    logger.info("Debug hook created from config")
    return Hook(settings, directories.inside(settings.path))


def debug_callback(
    hook: Hook,
    evaluated: Sequence[tuple[xgboost.DMatrix, str]],
    hyperparameters: Mapping[str, Any],
    metrics: Sequence[str],
    version: ContainerVersion,
) -> DebugCallback:
    """What hands a training's tensors to the hook; `metrics` are the library's own."""
    matrices = {name: matrix for matrix, name in evaluated}
    saved = _saved_hyperparameters(hyperparameters, metrics, version)
    return DebugCallback(hook, TrainedOn(matrices, saved, version))


def _saved_hyperparameters(
    given: Mapping[str, Any], metrics: Sequence[str], version: ContainerVersion
) -> dict[str, Any]:
    """Those that the image hands to the library."""
    dropped = {"eval_metric", "save_model_on_termination", "_kfold", "_num_cv_round"}
    dropped |= {"use_dask_gpu_training"}
    if version.release >= (1, 2):
        dropped |= {"num_round"}
    if version.build >= (1, 2, 2):
        dropped |= {"early_stopping_rounds", "_tuning_objective_metric"}
    kept = {name: value for name, value in given.items() if name not in dropped}
    return kept | ({"eval_metric": list(metrics)} if metrics else {})


class DebugCallback(xgboost.callback.TrainingCallback):
    """Hands the hook what there is to save of a round."""

    def __init__(self, hook: Hook, trained_on: TrainedOn) -> None:
        super().__init__()
        self.hook = hook
        self.trained_on = trained_on

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        if self.hook.begin(epoch):
            tensors = RoundTensors(self.trained_on, model, epoch, evals_log)
            for collection, of_collection in tensors.by_collection().items():
                if self._is_wanted(collection):
                    for name, value in of_collection():
                        self.hook.save(name, value)
            self.hook.end()
        return False

    def after_training(self, model: Any) -> Any:
        self.hook.close()
        return model

    def _is_wanted(self, collection: str) -> bool:
        """The losses are among the metrics, which are saved once."""
        among_others = collection == "losses" and self.hook.is_due("metrics")
        return self.hook.is_due(collection) and not among_others
