"""XGBoost as SageMaker knows it (developer guide, "Tune an XGBoost model")."""

from __future__ import annotations

from collections.abc import Mapping

from local_sagemaker.containers.xgboost.metric_names import MAXIMIZED, MINIMIZED, OBJECTIVE_METRICS
from local_sagemaker.containers.xgboost.versions import ContainerVersion
from local_sagemaker.sagemaker.algorithms.algorithm import Tunable
from local_sagemaker.sagemaker.algorithms.builtin_algorithm import BuiltInAlgorithm
from local_sagemaker.sagemaker.images.image import ProcessImage

_NUMBER = r"([-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?)"
# An AlgorithmSpecification holds 40 definitions: 33 for objectives, the tuner's own, and these.
_MOST_TRAIN_METRICS = 6
_USUAL_TRAIN_METRICS = ("auc", "error", "logloss", "merror", "mlogloss", "rmse")
# What xgboost:1 and xgboost:latest hold.
_LEGACY_VERSION = "0.72-1"
_TUNABLES = {
    "num_round": Tunable("Integer", 1, recommended=(1, 4000)),
    "eta": Tunable("Continuous", 0, 1, recommended=(0.1, 0.5)),
    "gamma": Tunable("Continuous", 0, recommended=(0, 5)),
    "max_depth": Tunable("Integer", 0, recommended=(0, 10)),
    "min_child_weight": Tunable("Continuous", 0, recommended=(0, 120)),
    "max_delta_step": Tunable("Integer", 0, recommended=(0, 10)),
    "subsample": Tunable("Continuous", 0, 1, recommended=(0.5, 1)),
    "colsample_bytree": Tunable("Continuous", 0, 1, recommended=(0.5, 1)),
    "colsample_bylevel": Tunable("Continuous", 0, 1, recommended=(0.1, 1)),
    "colsample_bynode": Tunable("Continuous", 0, 1, recommended=(0.1, 1)),
    "lambda": Tunable("Continuous", 0, recommended=(0, 1000)),
    "alpha": Tunable("Continuous", 0, recommended=(0, 1000)),
}


def xgboost(tag: str) -> BuiltInAlgorithm:
    """The algorithm of an image with this tag."""
    version = tag if "." in tag else _LEGACY_VERSION
    return BuiltInAlgorithm(
        name="XGBoost",
        image=ProcessImage("local_sagemaker.containers.xgboost", {"SM_XGBOOST_VERSION": version}),
        objectives=tuple(OBJECTIVE_METRICS),
        minimized=frozenset(f"validation:{name}" for name in MINIMIZED),
        other_metrics=_train_metrics,
        metric_regex=_regex,
        tunables=_TUNABLES,
        rounds_hyperparameter="num_round",
        reads_pipes=ContainerVersion(version).reads_pipes,
        extra="xgboost",
    )


def _train_metrics(hyperparameters: Mapping[str, str]) -> tuple[str, ...]:
    """Those that the job is asked for come first."""
    tuned = hyperparameters.get("_tuning_objective_metric", "").removeprefix("validation:")
    asked = [*hyperparameters.get("eval_metric", "").split(","), tuned]
    known = [name for name in asked if name in (*MAXIMIZED, *MINIMIZED)]
    names = list(dict.fromkeys([*known, *_USUAL_TRAIN_METRICS]))
    return tuple(f"train:{name}" for name in names[:_MOST_TRAIN_METRICS])


def _regex(metric: str) -> str:
    """#011 is a TAB in the log agent's spelling."""
    return rf".*\[[0-9]+\].*#011{metric.replace(':', '-')}:{_NUMBER}.*"
