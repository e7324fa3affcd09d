"""The metrics that the container knows, and which of them a training job reports."""

from __future__ import annotations

from collections.abc import Sequence

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


class MetricNames:
    """The values of eval_metric: every metric, and those with a threshold behind an @."""

    def __contains__(self, metric: object) -> bool:
        name, separator, threshold = str(metric).partition("@")
        if not separator:
            return name in MAXIMIZED or name in MINIMIZED
        return name in WITH_THRESHOLD and _is_number(threshold)

    def __str__(self) -> str:
        return (
            f"{sorted(MAXIMIZED + MINIMIZED)}; "
            f"a threshold, as in error@0.3, can follow {', '.join(WITH_THRESHOLD)}"
        )


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
