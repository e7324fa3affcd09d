"""The metrics that the container knows, and which of them a training job reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.version_history import offers
from local_sagemaker.containers.xgboost.versions import ContainerVersion

MAXIMIZED = [
    "accuracy",
    "auc",
    "aucpr",
    "balanced_accuracy",
    "f1",
    "f1_binary",
    "f1_macro",
    "map",
    "ndcg",
    "precision",
    "r2",
    "recall",
    "precision_macro",
    "precision_micro",
    "recall_macro",
    "recall_micro",
]

MINIMIZED = [
    "aft-nloglik",
    "cox-nloglik",
    "error",
    "gamma-deviance",
    "gamma-nloglik",
    "interval-regression-accuracy",
    "logloss",
    "mae",
    "mape",
    "merror",
    "mlogloss",
    "mphe",
    "mse",
    "poisson-nloglik",
    "rmse",
    "rmsle",
    "tweedie-nloglik",
]

WITH_THRESHOLD = ("error", "ndcg", "map")  # may be written error@0.3, ndcg@5, map@5

OBJECTIVE_METRICS = [f"validation:{name}" for name in MAXIMIZED + MINIMIZED]


def objective_metric_name(tuning_objective_metric: str | None) -> str | None:
    """ "validation:auc" is the metric auc."""
    return tuning_objective_metric.split(":")[1] if tuning_objective_metric else None


def reported_metrics(objective: str | None, eval_metric: Sequence[str] | None) -> list[str]:
    """The tuning job's objective metric is reported even when eval_metric leaves it out.

    Empty when the user asked for none: the library then reports its default for the objective.
    """
    if objective is None:
        return list(eval_metric or [])
    return sorted({objective, *(eval_metric or [])})


@dataclass(frozen=True)
class MetricNames:
    """The values of eval_metric: a version's metrics, and those with a threshold behind an @."""

    version: ContainerVersion

    def __contains__(self, metric: object) -> bool:
        """Raises UserError for a wrong threshold, which has a message of its own."""
        name, separator, threshold = str(metric).partition("@")
        if not separator:
            return name in self._names
        if name not in WITH_THRESHOLD:
            raise UserError(
                f"Metric '{metric}' is not supported. Parameter 'eval_metric' with customized "
                "threshold should be one of these options: 'error', 'ndcg', 'map'."
            )
        if not _is_number(threshold):
            raise UserError(f"Threshold value 't' in '{name}@t' expects float input, not {metric}.")
        return True

    def __str__(self) -> str:
        return str(self._names)

    @property
    def _names(self) -> list[str]:
        return [name for name in MAXIMIZED + MINIMIZED if offers(self.version, name)]


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
