"""The metrics of Linear Learner: their names, directions, and how the log spells them.

"Tune a linear learner model" in the developer guide lists those that a tuning job may have as its
objective; the regular expressions are those that DescribeHyperParameterTuningJob shows.
"""

from __future__ import annotations

from collections.abc import Mapping

BINARY, MULTICLASS, REGRESSOR = "binary_classifier", "multiclass_classifier", "regressor"

# For each kind of predictor, a metric's name and its spelling in the log. %s is a hyperparameter.
CLASSIFICATION = {
    "binary_classification_accuracy": "binary_classification_accuracy",
    "binary_f_beta": "binary_f_%s",
    "precision": "precision",
    "recall": "recall",
    "roc_auc_score": "roc_auc_score",
}
MULTICLASS_METRICS = {
    "multiclass_accuracy": "multiclass_accuracy",
    "multiclass_top_k_accuracy": "multiclass_top_k_accuracy_%s",
    "dcg": "dcg",
    "macro_recall": "macro_recall",
    "macro_precision": "macro_precision",
    "macro_f_beta": "macro_f_%s",
}
REGRESSION = {"mse": "mse", "absolute_loss": "absolute_loss", "rmse": "rmse"}
OBJECTIVE_LOSS = "objective_loss"

MAXIMIZED = (*CLASSIFICATION, *MULTICLASS_METRICS)
MINIMIZED = (OBJECTIVE_LOSS, "absolute_loss", "mse")

OBJECTIVE_METRICS = (
    *(f"validation:{name}" for name in (*MAXIMIZED, *MINIMIZED, "rmse")),
    *(f"test:{name}" for name in (*MAXIMIZED, *MINIMIZED)),
)
MINIMIZED_OBJECTIVES = (
    *(f"validation:{name}" for name in (*MINIMIZED, "rmse")),
    *(f"test:{name}" for name in MINIMIZED),
)
# Shown beside them.
_OTHER_METRICS = (
    "validation:objective_loss:final",
    *(f"train:{name}" for name in (OBJECTIVE_LOSS, "binary_classification_accuracy")),
    *(f"train:{name}" for name in ("binary_f_beta", "precision", "recall", "mse")),
    *("train:absolute_loss", "train:progress", "train:throughput"),
)
_FINAL_TRAIN_LOSS = "train:objective_loss:final"

_SPELLINGS = {**CLASSIFICATION, **MULTICLASS_METRICS, **REGRESSION}


def other_metrics(hyperparameters: Mapping[str, str]) -> tuple[str, ...]:
    """What a job shows beside the objectives; a tuned one has the tuner's own metric instead of
    the last, as a request may hold 40 definitions."""
    tuned = "_tuning_objective_metric" in hyperparameters
    return _OTHER_METRICS if tuned else (*_OTHER_METRICS, _FINAL_TRAIN_LOSS)


def regex(metric: str) -> str:
    """The regular expression that finds a metric in the log."""
    channel, _, name = metric.partition(":")
    if name == "progress":
        return r"#progress_metric: host=\S+, completed (\S+) %"
    if name == "throughput":
        return r"#throughput_metric: host=\S+, train throughput=(\S+) records/second"
    quality = r"#quality_metric: host=\S+, "
    if name.partition(":")[0] == OBJECTIVE_LOSS:
        each_epoch = "" if name.endswith(":final") or channel == "test" else r"epoch=\S+, "
        return rf"{quality}{each_epoch}{channel} \S+_objective <loss>=(\S+)"
    spelling = _SPELLINGS[name].replace("%s", r"\S+")
    return rf"{quality}{channel} {spelling} <{kind(name)}>=(\S+)"


def kind(name: str) -> str:
    """How the log calls the value of a metric: a score is better when it is higher."""
    return "score" if name in MAXIMIZED else "loss"


def spelling(name: str, parameter: object) -> str:
    """A metric as the log spells it, with the hyperparameter that is part of some names."""
    text = _SPELLINGS[name]
    return text % parameter if "%s" in text else text
