"""The hyperparameters of the built-in XGBoost algorithm, as a table, and how they are read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.ranges import (
    Hyperparameter,
    Interval,
    categorical,
    comma_list,
    continuous,
    integer,
    integer_within,
    nested_list,
    tuple_of,
)
from local_sagemaker.containers.xgboost.combinations import check_combinations
from local_sagemaker.containers.xgboost.metric_names import OBJECTIVE_METRICS, MetricNames
from local_sagemaker.containers.xgboost.version_history import offers
from local_sagemaker.containers.xgboost.versions import NEWEST, ContainerVersion

ALIASES = {
    "learning_rate": "eta",
    "min_split_loss": "gamma",
    "reg_lambda": "lambda",
    "reg_alpha": "alpha",
}
REQUIRED = "num_round"

AT_LEAST_ZERO = Interval(0)
FRACTION = Interval(0, 1)
POSITIVE_FRACTION = Interval(0, 1, low_open=True)
TRUE_OR_FALSE = ["true", "false"]

OBJECTIVES = [
    "binary:logistic",
    "binary:logitraw",
    "binary:hinge",
    "count:poisson",
    "multi:softmax",
    "multi:softprob",
    "rank:pairwise",
    "rank:ndcg",
    "rank:map",
    "reg:linear",
    "reg:squarederror",
    "reg:logistic",
    "reg:gamma",
    "reg:pseudohubererror",
    "reg:squaredlogerror",
    "reg:absoluteerror",
    "reg:tweedie",
    "survival:aft",
    "survival:cox",
]

# The library's grow_quantile_histmaker is missing in the container's list, and so refused.
UPDATERS = [
    "grow_colmaker",
    "distcol",
    "grow_histmaker",
    "grow_local_histmaker",
    "grow_skmaker",
    "sync",
    "refresh",
    "prune",
    "shotgun",
    "coord_descent",
]

TABLE = {
    parameter.name: parameter
    for parameter in (
        integer("num_round", 1),
        integer("csv_weights", 0, 1),
        integer("early_stopping_rounds", 1),
        categorical("booster", ["gbtree", "gblinear", "dart"]),
        integer("verbosity", 0, 3),
        integer("nthread", 1),
        continuous("eta", FRACTION),
        continuous("gamma", AT_LEAST_ZERO),
        integer("max_depth", 0),
        continuous("min_child_weight", AT_LEAST_ZERO),
        continuous("max_delta_step", AT_LEAST_ZERO),
        continuous("subsample", POSITIVE_FRACTION),
        continuous("colsample_bytree", POSITIVE_FRACTION),
        continuous("colsample_bylevel", POSITIVE_FRACTION),
        continuous("colsample_bynode", POSITIVE_FRACTION),
        continuous("lambda", AT_LEAST_ZERO),
        continuous("alpha", AT_LEAST_ZERO),
        categorical("tree_method", ["auto", "exact", "approx", "hist", "gpu_hist"]),
        continuous("sketch_eps", Interval(0, 1, low_open=True, high_open=True)),
        continuous("scale_pos_weight", Interval(0, low_open=True)),
        comma_list("updater", UPDATERS),
        categorical("dsplit", ["row", "col"]),
        integer("refresh_leaf", 0, 1),
        categorical("process_type", ["default", "update"]),
        categorical("grow_policy", ["depthwise", "lossguide"]),
        integer("max_leaves", 0),
        integer("max_bin", 0),
        categorical("predictor", ["auto", "cpu_predictor", "gpu_predictor"]),
        tuple_of("monotone_constraints", [-1, 0, 1]),
        nested_list("interaction_constraints", Interval(1)),
        categorical("sample_type", ["uniform", "weighted"]),
        categorical("normalize_type", ["tree", "forest"]),
        continuous("rate_drop", FRACTION),
        integer("one_drop", 0, 1),
        continuous("skip_drop", FRACTION),
        continuous("lambda_bias", FRACTION),
        continuous("tweedie_variance_power", Interval(1, 2, low_open=True, high_open=True)),
        categorical("objective", OBJECTIVES),
        integer("num_class", 2),
        continuous("base_score", AT_LEAST_ZERO),
        integer("_kfold", 2),
        integer("_num_cv_round", 1),
        categorical("_tuning_objective_metric", OBJECTIVE_METRICS),
        comma_list("eval_metric", MetricNames(NEWEST)),
        integer_within("seed", Interval(-(2**31), 2**31 - 1, low_open=True, high_open=True)),
        integer("num_parallel_tree", 1),
        categorical("save_model_on_termination", TRUE_OR_FALSE),
        categorical("aft_loss_distribution", ["normal", "logistic", "extreme"]),
        continuous("aft_loss_distribution_scale", AT_LEAST_ZERO),
        categorical("deterministic_histogram", TRUE_OR_FALSE),
        categorical("sampling_method", ["uniform", "gradient_based"]),
        integer_within("prob_buffer_row", Interval(1.0, low_open=True)),
        categorical("use_dask_gpu_training", TRUE_OR_FALSE),
        categorical("single_precision_histogram", TRUE_OR_FALSE),
        integer("silent", 0, 1),
        categorical("precision_dtype", ["float32", "float64"]),
    )
}


@cache
def table(version: ContainerVersion) -> dict[str, Hyperparameter]:
    """The hyperparameters of a version, with the values that it knows."""
    rows = {name: parameter for name, parameter in TABLE.items() if offers(version, name)}
    for name, parameter in rows.items():
        if isinstance(parameter.allowed, list):
            known = [value for value in parameter.allowed if offers(version, _plain(value))]
            rows[name] = replace(parameter, allowed=known)
    rows["eval_metric"] = replace(rows["eval_metric"], allowed=MetricNames(version))
    return rows


def _plain(value: object) -> str:
    return str(value).removeprefix("validation:")


def read_hyperparameters(
    texts: Mapping[str, str], version: ContainerVersion = NEWEST
) -> dict[str, Any]:
    """The values of a job's hyperparameters by their main names.

    Raises UserError for the first one that is missing, unknown, unreadable, out of range or at
    odds with another one, in this order.
    """
    rows = table(version)
    named = {ALIASES.get(name, name): text for name, text in texts.items()}
    if REQUIRED not in named:
        raise UserError(f"Missing required hyperparameter: {REQUIRED}")
    values = {}
    for name, text in named.items():
        if name not in rows:
            raise UserError(f"Extraneous hyperparameter found: {name}")
        values[name] = rows[name].read(text)
    for name, value in values.items():
        rows[name].check(value)
    check_combinations(values)
    return values
