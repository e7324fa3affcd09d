"""The metrics of held-out evaluation: their names, which are Autopilot's, and what they are for.

Names are those of AutoMLMetricEnum and AutoMLMetricExtendedEnum of SageMaker's API; Autopilot does
not rank, and NDCG and MAP are XGBoost's ndcg and map. How they are computed is in metrics.py and
ranking.py, which need numpy; this file is for functions that have none.
"""

from __future__ import annotations

from dataclasses import dataclass

from tuning.request_types import ObjectiveType

BINARY, MULTICLASS, REGRESSION = (
    "BinaryClassification",
    "MulticlassClassification",
    "Regression",
)  # ProblemType of SageMaker's API
RANKING = "Ranking"  # which that does not have
_CLASSES = (BINARY, MULTICLASS)


@dataclass(frozen=True)
class MetricKind:
    """What a metric is for.

    `from_labels` says that classes without a probability are enough, `by_class` that the rows of a
    rare class weigh more than others, so that it is no surer than these few rows are.
    """

    type: ObjectiveType
    problem_types: tuple[str, ...]
    from_labels: bool = True
    by_class: bool = False

    @property
    def sign(self) -> int:
        """By which a change is an improvement when it is above 0."""
        return 1 if self.type == "Maximize" else -1


METRICS = {
    "AUC": MetricKind("Maximize", (BINARY,), from_labels=False, by_class=True),
    "LogLoss": MetricKind("Minimize", _CLASSES, from_labels=False),
    "Accuracy": MetricKind("Maximize", _CLASSES),
    "BalancedAccuracy": MetricKind("Maximize", _CLASSES, by_class=True),
    "F1": MetricKind("Maximize", (BINARY,), by_class=True),
    "Precision": MetricKind("Maximize", (BINARY,), by_class=True),
    "Recall": MetricKind("Maximize", (BINARY,), by_class=True),
    "F1macro": MetricKind("Maximize", (MULTICLASS,), by_class=True),
    "PrecisionMacro": MetricKind("Maximize", (MULTICLASS,), by_class=True),
    "RecallMacro": MetricKind("Maximize", (MULTICLASS,), by_class=True),
    "RMSE": MetricKind("Minimize", (REGRESSION,)),
    "MSE": MetricKind("Minimize", (REGRESSION,)),
    "MAE": MetricKind("Minimize", (REGRESSION,)),
    "R2": MetricKind("Maximize", (REGRESSION,)),
    "NDCG": MetricKind("Maximize", (RANKING,)),
    "MAP": MetricKind("Maximize", (RANKING,)),
}
# What tuning calls the same thing; error is 1 - accuracy.
COUNTERPARTS = {
    "auc": "AUC",
    "logloss": "LogLoss",
    "mlogloss": "LogLoss",
    "error": "Accuracy",
    "merror": "Accuracy",
    "accuracy": "Accuracy",
    "balanced_accuracy": "BalancedAccuracy",
    "f1": "F1",
    "f1_macro": "F1macro",
    "precision_macro": "PrecisionMacro",
    "recall_macro": "RecallMacro",
    "rmse": "RMSE",
    "mse": "MSE",
    "mae": "MAE",
    "r2": "R2",
    "ndcg": "NDCG",
    "map": "MAP",
}
_DEFAULTS = {BINARY: "AUC", MULTICLASS: "Accuracy", REGRESSION: "RMSE", RANKING: "NDCG"}


def metrics_for(problem_type: str, *, from_labels: bool) -> list[str]:
    """The metrics of a problem type; with `from_labels` those that need no probability."""
    return [
        name
        for name, kind in METRICS.items()
        if problem_type in kind.problem_types and (kind.from_labels or not from_labels)
    ]


def default_metric(tuning_metric: str, problem_type: str, *, from_labels: bool) -> str:
    """The counterpart of the metric that tuning improved, if possible; else the usual metric."""
    possible = metrics_for(problem_type, from_labels=from_labels)
    counterpart = COUNTERPARTS.get(tuning_metric.rsplit(":", 1)[-1])
    for name in (counterpart, _DEFAULTS[problem_type]):
        if name in possible:
            return name
    return possible[0]
