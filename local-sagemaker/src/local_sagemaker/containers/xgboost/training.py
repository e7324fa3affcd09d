"""Boosts a model and reports each round."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_sagemaker.containers.debugger.hook import Hook
from local_sagemaker.containers.xgboost.checkpoints import Checkpoints
from local_sagemaker.containers.xgboost.debugging import debug_callback
from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.metric_names import (
    MAXIMIZED,
    objective_metric_name,
    reported_metrics,
)
from local_sagemaker.containers.xgboost.metrics import (
    OWN_METRICS,
    evaluation,
    warn_of_published_image,
)
from local_sagemaker.containers.xgboost.rounds import EveryCallback, ModelOfEachRound, RoundLog
from local_sagemaker.containers.xgboost.versions import ContainerVersion

logger = logging.getLogger(__name__)

DEFAULT_OBJECTIVE = "reg:squarederror"
DEFAULT_THREADS = 1  # the jobs of a tuning job run side by side

CONTAINER_HYPERPARAMETERS = {
    "num_round",
    "csv_weights",
    "precision_dtype",
    "early_stopping_rounds",
    "save_model_on_termination",
    "use_dask_gpu_training",
    "eval_metric",
    "_tuning_objective_metric",
    "_kfold",
    "_num_cv_round",
}

Evaluated = Sequence[tuple[xgboost.DMatrix, str]]
History = dict[str, dict[str, list[float]]]


@dataclass(frozen=True)
class Boosted:
    """A model, and each metric of each data set after every round."""

    model: xgboost.Booster
    history: History


def boost(
    hyperparameters: dict[str, Any],
    evaluated: Evaluated,
    version: ContainerVersion,
    path: Path,
    checkpoints: Path | None = None,
    hook: Hook | None = None,
) -> Boosted:
    """Train on the first matrix.

    path is where save_model_on_termination keeps the model; checkpoints is the directory of the
    job's checkpoints and hook that of SageMaker Debugger, if it has one.
    """
    objective = hyperparameters.get("objective", DEFAULT_OBJECTIVE)
    tuned = objective_metric_name(hyperparameters.get("_tuning_objective_metric"))
    metrics = reported_metrics(tuned, hyperparameters.get("eval_metric"))
    own = [name for name in metrics if name in OWN_METRICS]
    matrix = evaluated[0][0]
    history: History = {}
    parameters = _library_parameters(hyperparameters)
    of_library = [name for name in metrics if name not in own]
    if version.misreports_classes:
        warn_of_published_image(own, objective)
    callbacks = _callbacks(hyperparameters, evaluated, version, path)
    begun, done = None, 0
    if checkpoints is not None:
        kept = Checkpoints(checkpoints, version)
        begun, done = kept.resume()
        callbacks.append(kept.callback(done))
    if hook is not None:
        callbacks.append(debug_callback(hook, evaluated, hyperparameters, of_library, version))
    model = xgboost.train(
        version.complete(parameters, matrix.num_row())
        | {"eval_metric": of_library or version.default_metric(objective)},
        matrix,
        num_boost_round=hyperparameters["num_round"] - done,
        evals=list(evaluated),
        custom_metric=evaluation(own, objective) if own else None,
        callbacks=[EveryCallback(callbacks)],
        xgb_model=begun,
        evals_result=history,
        verbose_eval=False,
    )
    return Boosted(model, history)


def _library_parameters(hyperparameters: dict[str, Any]) -> dict[str, Any]:
    parameters = {"nthread": DEFAULT_THREADS} | {
        name: value
        for name, value in hyperparameters.items()
        if name not in CONTAINER_HYPERPARAMETERS
    }
    if "updater" in parameters:
        parameters["updater"] = ",".join(parameters["updater"])
    if parameters.get("objective") == "reg:linear":
        # The name that it got in XGBoost 0.83. A model that is trained under the old one cannot be
        # cut back to its best round: the library then finds another objective in it.
        parameters["objective"] = "reg:squarederror"
    return parameters


def _callbacks(
    hyperparameters: dict[str, Any], evaluated: Evaluated, version: ContainerVersion, path: Path
) -> list[xgboost.callback.TrainingCallback]:
    callbacks: list[xgboost.callback.TrainingCallback] = [RoundLog()]
    if hyperparameters.get("save_model_on_termination") == "true":
        callbacks.append(ModelOfEachRound(path, version))
    rounds, metric = hyperparameters.get("early_stopping_rounds"), _watched(hyperparameters)
    if rounds and version.stops_early_by_last_metric:
        # The last metric of the last channel, whose name tells the library its direction. Only
        # trees can be cut back to the best round; later images fail with a linear model.
        best = hyperparameters.get("booster") != "gblinear"
        callbacks.append(xgboost.callback.EarlyStopping(rounds=rounds, save_best=best))
    elif rounds and metric is not None and evaluated[-1][1] == "validation":
        callbacks.append(_early_stopping(rounds, metric))
    elif rounds:
        logger.warning(
            "early_stopping_rounds has no effect: it needs a validation channel and a metric, "
            "from eval_metric or from the tuning job."
        )
    return callbacks


def _early_stopping(rounds: int, metric: str) -> xgboost.callback.EarlyStopping:
    """As callback.py of the container has it, which knows the directions of plain names only."""
    if "@" in metric and metric.partition("@")[0] in MAXIMIZED:
        logger.warning(
            "early_stopping_rounds takes a lower %s for a better one, as the image does, and "
            "stops too early: name another metric last in eval_metric.",
            metric,
        )
    return xgboost.callback.EarlyStopping(
        rounds=rounds,
        data_name="validation",
        metric_name=metric,
        maximize=metric in MAXIMIZED,
        save_best=True,
    )


def _watched(hyperparameters: dict[str, Any]) -> str | None:
    """The metric of early_stopping_rounds: the tuning job's, else the last of eval_metric."""
    tuned = objective_metric_name(hyperparameters.get("_tuning_objective_metric"))
    return tuned or (hyperparameters.get("eval_metric") or [None])[-1]
