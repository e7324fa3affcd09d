"""The hyperparameters of Linear Learner, as a table.

"Linear learner hyperparameters" in the developer guide. Names that begin with _ are those that the
container's own log shows among its defaults.
"""

from __future__ import annotations

from dataclasses import dataclass

from local_sagemaker.containers.linear_learner.metric_names import (
    BINARY,
    MULTICLASS,
    OBJECTIVE_METRICS,
    REGRESSOR,
)
from local_sagemaker.containers.ranges import (
    Hyperparameter,
    Interval,
    categorical,
    continuous,
    integer,
)

AUTO = "auto"
POSITIVE = Interval(0, low_open=True)
AT_LEAST_ZERO = Interval(0)
FRACTION = Interval(0, 1)
OPEN_FRACTION = Interval(0, 1, low_open=True, high_open=True)
TRUE_OR_FALSE = ["true", "false"]

CRITERIA = [
    "accuracy",
    "f_beta",
    "precision_at_target_recall",
    "recall_at_target_precision",
    "loss_function",
]
REGRESSION_LOSSES = [
    "squared_loss",
    "absolute_loss",
    "eps_insensitive_squared_loss",
    "eps_insensitive_absolute_loss",
    "quantile_loss",
    "huber_loss",
]
# The first loss of a predictor is what loss = auto means.
LOSSES = {
    BINARY: ["logistic", "hinge_loss"],
    MULTICLASS: ["softmax_loss"],
    REGRESSOR: REGRESSION_LOSSES,
}


@dataclass(frozen=True)
class WordOr:
    """What a hyperparameter may be that takes a few words beside numbers."""

    words: tuple[str, ...]
    numbers: Interval

    def __contains__(self, value: object) -> bool:
        return value in self.words if isinstance(value, str) else value in self.numbers

    def __str__(self) -> str:
        return f"{', '.join(self.words)} or {self.numbers}"


def or_word(number: Hyperparameter, *words: str) -> Hyperparameter:
    """The same hyperparameter, which may also be one of these words."""
    assert isinstance(number.allowed, Interval)
    return Hyperparameter(
        number.name,
        f"{', '.join(words)} or {number.form}",
        lambda text: text if text in words else number.parse(text),
        WordOr(words, number.allowed),
    )


def boolean(name: str, *words: str) -> Hyperparameter:
    """true or false in any case: the SageMaker SDK sends Python's True, and it trains on AWS."""
    return Hyperparameter(name, "true or false", str.lower, [*words, *TRUE_OR_FALSE])


TABLE = {
    parameter.name: parameter
    for parameter in (
        categorical("predictor_type", [BINARY, MULTICLASS, REGRESSOR]),
        integer("num_classes", 1, 1_000_000),
        or_word(integer("feature_dim", 1), AUTO),
        integer("accuracy_top_k", 1),
        boolean("balance_multiclass_weights"),
        or_word(continuous("beta_1", FRACTION), AUTO),
        or_word(continuous("beta_2", FRACTION), AUTO),
        or_word(continuous("bias_lr_mult", POSITIVE), AUTO),
        or_word(continuous("bias_wd_mult", AT_LEAST_ZERO), AUTO),
        categorical("binary_classifier_model_selection_criteria", CRITERIA),
        integer("early_stopping_patience", 1),
        continuous("early_stopping_tolerance", POSITIVE),
        integer("epochs", 1),
        continuous("f_beta", POSITIVE),
        continuous("huber_delta", POSITIVE),
        continuous("init_bias", Interval()),
        categorical("init_method", ["uniform", "normal"]),
        continuous("init_scale", POSITIVE),
        continuous("init_sigma", POSITIVE),
        or_word(continuous("l1", AT_LEAST_ZERO), AUTO),
        or_word(continuous("learning_rate", POSITIVE), AUTO),
        categorical("loss", [AUTO, *LOSSES[BINARY], *REGRESSION_LOSSES, *LOSSES[MULTICLASS]]),
        continuous("loss_insensitivity", POSITIVE),
        or_word(continuous("lr_scheduler_factor", OPEN_FRACTION), AUTO),
        or_word(continuous("lr_scheduler_minimum_lr", POSITIVE), AUTO),
        or_word(integer("lr_scheduler_step", 1), AUTO),
        continuous("margin", POSITIVE),
        integer("mini_batch_size", 1),
        or_word(continuous("momentum", Interval(0, 1, high_open=True)), AUTO),
        boolean("normalize_data", AUTO),
        boolean("normalize_label", AUTO),
        or_word(integer("num_calibration_samples", 1), AUTO),
        or_word(integer("num_models", 1), AUTO),
        integer("num_point_for_scaler", 1),
        categorical("optimizer", [AUTO, "sgd", "adam", "rmsprop"]),
        or_word(continuous("positive_example_weight_mult", POSITIVE), "balanced", AUTO),
        continuous("quantile", OPEN_FRACTION),
        continuous("target_precision", FRACTION),
        continuous("target_recall", FRACTION),
        boolean("unbias_data", AUTO),
        boolean("unbias_label", AUTO),
        boolean("use_bias"),
        boolean("use_lr_scheduler"),
        or_word(continuous("wd", AT_LEAST_ZERO), AUTO),
        categorical("_tuning_objective_metric", ["", *OBJECTIVE_METRICS]),
        categorical("_kvstore", [AUTO, "local", "dist_async", "dist_sync"]),
        or_word(integer("_num_gpus", 0), AUTO),
        or_word(integer("_num_kv_servers", 1), AUTO),
        categorical("_log_level", ["debug", "info", "warning", "error"]),
        boolean("_enable_profiler"),
    )
}

DEFAULTS = {
    "num_classes": "1",
    "feature_dim": AUTO,
    "accuracy_top_k": "3",
    "balance_multiclass_weights": "false",
    "beta_1": AUTO,
    "beta_2": AUTO,
    "bias_lr_mult": AUTO,
    "bias_wd_mult": AUTO,
    "binary_classifier_model_selection_criteria": "accuracy",
    "early_stopping_patience": "3",
    "early_stopping_tolerance": "0.001",
    "epochs": "15",
    "f_beta": "1.0",
    "huber_delta": "1.0",
    "init_bias": "0.0",
    "init_method": "uniform",
    "init_scale": "0.07",
    "init_sigma": "0.01",
    "l1": AUTO,
    "learning_rate": AUTO,
    "loss": AUTO,
    "loss_insensitivity": "0.01",
    "lr_scheduler_factor": AUTO,
    "lr_scheduler_minimum_lr": AUTO,
    "lr_scheduler_step": AUTO,
    "margin": "1.0",
    "mini_batch_size": "1000",
    "momentum": AUTO,
    "normalize_data": "true",
    "normalize_label": AUTO,
    "num_calibration_samples": AUTO,
    "num_models": AUTO,
    "num_point_for_scaler": "10000",
    "optimizer": AUTO,
    "positive_example_weight_mult": "1.0",
    "quantile": "0.5",
    "target_precision": "0.8",
    "target_recall": "0.8",
    "unbias_data": AUTO,
    "unbias_label": AUTO,
    "use_bias": "true",
    "use_lr_scheduler": "true",
    "wd": AUTO,
    "_tuning_objective_metric": "",
}
