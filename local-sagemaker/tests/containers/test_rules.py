"""The container's rules for hyperparameters, a row a rule.

Source: algorithm_mode/hyperparameter_validation.py of aws/sagemaker-xgboost-container. What a
real job does with a refusal is in test_refusals.
"""

from __future__ import annotations

import pytest
from local_sagemaker.containers.errors import UserError
from local_sagemaker.containers.xgboost.hyperparameters import TABLE, read_hyperparameters
from local_sagemaker.containers.xgboost.metric_names import MAXIMIZED, MINIMIZED, WITH_THRESHOLD
from local_sagemaker.containers.xgboost.versions import ContainerVersion

LOGISTIC = {"objective": "binary:logistic", "num_round": "3"}

# Name, values at the edges that are accepted, values that are refused, the range in the message.
RANGES = [
    ("num_round", ["1", "4000"], ["0", "-1"], "[1, +inf)"),
    ("csv_weights", ["0", "1"], ["2", "-1"], "[0, 1]"),
    ("early_stopping_rounds", ["1"], ["0"], "[1, +inf)"),
    ("booster", ["gbtree", "gblinear", "dart"], ["forest", ""], "['gbtree', 'gblinear', 'dart']"),
    ("verbosity", ["0", "3"], ["4", "-1"], "[0, 3]"),
    ("nthread", ["1"], ["0"], "[1, +inf)"),
    ("eta", ["0", "1", "1e-3"], ["-0.01", "1.01"], "[0, 1]"),
    ("gamma", ["0", "1e6"], ["-0.1"], "[0, +inf)"),
    ("max_depth", ["0", "100"], ["-1"], "[0, +inf)"),
    ("min_child_weight", ["0", "0.5"], ["-1"], "[0, +inf)"),
    ("max_delta_step", ["0", "0.7"], ["-1"], "[0, +inf)"),
    ("subsample", ["0.01", "1"], ["0", "1.1"], "(0, 1]"),
    ("colsample_bytree", ["0.01", "1"], ["0", "1.1"], "(0, 1]"),
    ("colsample_bylevel", ["0.01", "1"], ["0", "1.1"], "(0, 1]"),
    ("colsample_bynode", ["0.01", "1"], ["0", "1.1"], "(0, 1]"),
    ("lambda", ["0", "1000"], ["-1"], "[0, +inf)"),
    ("alpha", ["0", "1000"], ["-1"], "[0, +inf)"),
    ("tree_method", ["auto", "exact", "approx", "hist", "gpu_hist"], ["gpu_exact"], "['auto', "),
    ("sketch_eps", ["0.5"], ["0", "1"], "(0, 1)"),
    ("scale_pos_weight", ["0.1", "99"], ["0"], "(0, +inf)"),
    ("dsplit", ["row", "col"], ["both"], "['row', 'col']"),
    ("refresh_leaf", ["0", "1"], ["2"], "[0, 1]"),
    ("process_type", ["default"], ["new"], "['default', 'update']"),
    ("grow_policy", ["depthwise", "lossguide"], ["best"], "['depthwise', 'lossguide']"),
    ("max_leaves", ["0"], ["-1"], "[0, +inf)"),
    ("max_bin", ["0"], ["-1"], "[0, +inf)"),
    ("predictor", ["auto", "cpu_predictor", "gpu_predictor"], ["gpu"], "['auto', 'cpu_predictor'"),
    ("sample_type", ["uniform", "weighted"], ["other"], "['uniform', 'weighted']"),
    ("normalize_type", ["tree", "forest"], ["other"], "['tree', 'forest']"),
    ("rate_drop", ["0", "1"], ["1.5"], "[0, 1]"),
    ("one_drop", ["0", "1"], ["2"], "[0, 1]"),
    ("skip_drop", ["0", "1"], ["-0.1"], "[0, 1]"),
    ("lambda_bias", ["0", "1"], ["2"], "[0, 1]"),
    ("tweedie_variance_power", ["1.5"], ["1", "2"], "(1, 2)"),
    ("num_class", ["2"], ["1"], "[2, +inf)"),
    ("base_score", ["0", "0.5", "7"], ["-0.5"], "[0, +inf)"),
    ("_kfold", ["2"], ["1"], "[2, +inf)"),
    ("_num_cv_round", ["1"], ["0"], "[1, +inf)"),
    (
        "seed",
        ["-2147483647", "2147483646"],
        ["-2147483648", "2147483647"],
        "(-2147483648, 2147483647)",
    ),
    ("num_parallel_tree", ["1"], ["0"], "[1, +inf)"),
    ("save_model_on_termination", ["true", "false"], ["True", "1"], "['true', 'false']"),
    ("aft_loss_distribution", ["normal", "logistic", "extreme"], ["gumbel"], "['normal', "),
    ("aft_loss_distribution_scale", ["0"], ["-1"], "[0, +inf)"),
    ("deterministic_histogram", ["true", "false"], ["yes"], "['true', 'false']"),
    ("sampling_method", ["uniform", "gradient_based"], ["random"], "['uniform', "),
    ("prob_buffer_row", ["2"], ["1"], "(1.0, +inf)"),
    ("use_dask_gpu_training", ["false"], ["no"], "['true', 'false']"),
]
# Lists and what has a test of its own below.
NOT_A_RANGE = {
    "updater",
    "monotone_constraints",
    "interaction_constraints",
    "objective",
    "_tuning_objective_metric",
    "eval_metric",
    "single_precision_histogram",
    "silent",
    "precision_dtype",
}


def read(version: str = "3.0-5", **hyperparameters: str) -> dict[str, object]:
    return read_hyperparameters(LOGISTIC | hyperparameters, ContainerVersion(version))


def test_every_hyperparameter_has_a_rule() -> None:
    assert {name for name, *_ in RANGES} | NOT_A_RANGE == set(TABLE)


@pytest.mark.parametrize(("name", "accepted", "refused", "text"), RANGES, ids=lambda row: row)
def test_range(name: str, accepted: list[str], refused: list[str], text: str) -> None:
    for value in accepted:
        read(**{name: value})
    for value in refused:
        with pytest.raises(UserError) as refusal:
            read(**{name: value})
        assert str(refusal.value).startswith(f"Hyperparameter {name}: ")
        assert f"is not in {text}" in str(refusal.value)


@pytest.mark.parametrize(
    ("alias", "name"),
    [
        ("learning_rate", "eta"),
        ("min_split_loss", "gamma"),
        ("reg_lambda", "lambda"),
        ("reg_alpha", "alpha"),
    ],
)
def test_alias(alias: str, name: str) -> None:
    assert read(**{alias: "0.25"})[name] == 0.25


ORDER = [
    ({"eta": "2"}, "Missing required hyperparameter: num_round"),
    ({"num_round": "1", "eta": "2", "max_dept": "1"}, "Extraneous hyperparameter found: max_dept"),
    ({"num_round": "1", "eta": "2", "gamma": "x"}, "Hyperparameter gamma: could not parse value"),
    ({"num_round": "1", "objective": "multi:softmax", "eta": "2"}, "Hyperparameter eta: 2.0 is"),
]


@pytest.mark.parametrize(
    ("hyperparameters", "reason"), ORDER, ids=["missing", "unknown", "unreadable", "range"]
)
def test_the_first_fault_is_told(hyperparameters: dict[str, str], reason: str) -> None:
    with pytest.raises(UserError) as refusal:
        read_hyperparameters(hyperparameters)
    assert str(refusal.value).startswith(reason)


REFUSED = [
    # Lists
    ({"updater": "grow_quantile_histmaker"}, "Hyperparameter updater: value ['grow_quantile"),
    ({"updater": "shotgun"}, "Tree updater should be selected from these options: "),
    ({"updater": "grow_colmaker,grow_histmaker"}, "Only one tree grow plugin can be selected"),
    ({"updater": "shotgun,coord_descent", "booster": "gblinear"}, "Linear updater should be one"),
    ({"updater": "prune", "booster": "gblinear"}, "Linear updater should be one of these options:"),
    (
        {"updater": "grow_colmaker", "process_type": "update"},
        "process_type 'update' can only be used with updater 'refresh' and 'prune'",
    ),
    ({"monotone_constraints": "(2,)", "tree_method": "hist"}, "Hyperparameter monotone_constraint"),
    ({"monotone_constraints": "(1,)"}, "monotone_constraints can be used only when the tree_"),
    (
        {"monotone_constraints": "(1,)", "tree_method": "approx"},
        "monotone_constraints can be used only when the tree_method parameter is set to either "
        "'exact' or 'hist'.",
    ),
    (
        {"interaction_constraints": "[[1,2]]", "tree_method": "auto"},
        "interaction_constraints can be used only when the tree_method parameter is set to either "
        "'exact', 'hist' or 'approx'.",
    ),
    ({"interaction_constraints": "[[0]]", "tree_method": "hist"}, "Hyperparameter interaction_con"),
    # Objectives and metrics
    ({"objective": "binary:cross"}, "Hyperparameter objective: binary:cross is not in ["),
    ({"objective": "multi:softmax"}, "Require input for parameter 'num_class' for multi-class"),
    ({"objective": "multi:softprob"}, "Require input for parameter 'num_class' for multi-class"),
    ({"eval_metric": "gini"}, "Hyperparameter eval_metric: value ['gini'] not in range ["),
    ({"eval_metric": "logloss@1"}, "Metric 'logloss@1' is not supported. Parameter 'eval_metric'"),
    ({"eval_metric": "ndcg@x"}, "Threshold value 't' in 'ndcg@t' expects float input"),
    (
        {"eval_metric": "auc", "objective": "reg:squarederror"},
        "Metric 'auc' can only be applied for classification and ranking problems",
    ),
    (
        {"eval_metric": "auc", "objective": "multi:softmax", "num_class": "3"},
        "Metric 'auc' can only be applied for classification and ranking problems",
    ),
    ({"eval_metric": "aft-nloglik"}, "Metric 'aft-nloglik' can only be applied for 'survival:aft"),
    ({"_tuning_objective_metric": "auc"}, "Hyperparameter _tuning_objective_metric: auc is not in"),
    ({"_tuning_objective_metric": "train:auc"}, "Hyperparameter _tuning_objective_metric: train"),
    # A machine without a GPU
    ({"use_dask_gpu_training": "true"}, "Some configurations unsuitable for Dask GPU training we"),
]


@pytest.mark.parametrize(("hyperparameters", "reason"), REFUSED, ids=lambda row: str(row)[:50])
def test_refused(hyperparameters: dict[str, str], reason: str) -> None:
    with pytest.raises(UserError) as refusal:
        read(**hyperparameters)
    assert str(refusal.value).startswith(reason)


ACCEPTED = [
    {"updater": "grow_colmaker,prune"},
    {"updater": "refresh,prune", "process_type": "update"},
    {"updater": "coord_descent", "booster": "gblinear"},
    {"monotone_constraints": "(1,-1,0)", "tree_method": "exact"},
    {"interaction_constraints": "[[1,2],[3]]", "tree_method": "approx"},
    {"eval_metric": "auc,error@0.3", "objective": "binary:hinge"},
    {"eval_metric": "auc", "objective": "rank:pairwise"},
    {"eval_metric": "aft-nloglik", "objective": "survival:aft"},
    {"objective": "multi:softprob", "num_class": "3"},
    {"_kfold": "3"},
]


@pytest.mark.parametrize("hyperparameters", ACCEPTED, ids=str)
def test_accepted(hyperparameters: dict[str, str]) -> None:
    read(**hyperparameters)


def test_kfold_needs_an_objective() -> None:
    with pytest.raises(UserError, match="_kfold needs objective"):
        read_hyperparameters({"num_round": "1", "_kfold": "3"})


@pytest.mark.parametrize("metric", MAXIMIZED + MINIMIZED)
def test_every_metric_can_be_reported_and_tuned_on(metric: str) -> None:
    objective = "survival:aft" if metric == "aft-nloglik" else "binary:logistic"
    read(eval_metric=metric, objective=objective)
    read(_tuning_objective_metric=f"validation:{metric}")


@pytest.mark.parametrize("metric", WITH_THRESHOLD)
def test_threshold(metric: str) -> None:
    assert read(eval_metric=f"{metric}@3")["eval_metric"] == [f"{metric}@3"]


# Hyperparameters, and the versions on both sides of the change.
HISTORY = [
    ({"objective": "reg:absoluteerror"}, "3.0-5", "1.7-1"),
    ({"objective": "reg:pseudohubererror"}, "1.2-2", "1.0-1"),
    ({"objective": "survival:aft"}, "1.2-1", "1.0-1"),
    ({"single_precision_histogram": "true"}, "1.5-1", "1.7-1"),
    ({"single_precision_histogram": "true"}, "1.2-1", "1.0-1"),
    ({"silent": "1"}, "1.0-1", "1.2-1"),
    ({"updater": "grow_local_histmaker"}, "1.5-1", "1.7-1"),
    ({"use_dask_gpu_training": "false"}, "1.7-1", "1.5-1"),
    ({"sampling_method": "uniform"}, "1.3-1", "1.2-2"),
    ({"prob_buffer_row": "2"}, "1.3-1", "1.2-2"),
    ({"_kfold": "2"}, "1.2-2", "1.2-1"),
    ({"_num_cv_round": "2"}, "1.2-2", "1.2-1"),
    ({"tree_method": "gpu_hist"}, "1.2-1", "1.0-1"),
    ({"eval_metric": "balanced_accuracy"}, "1.3-1", "1.2-2"),
    ({"eval_metric": "r2"}, "1.2-1", "1.0-1"),
    ({"eval_metric": "f1_binary"}, "1.2-2", "1.2-1"),
    ({"_tuning_objective_metric": "validation:f1_macro"}, "1.2-2", "1.2-1"),
    ({"_tuning_objective_metric": "validation:recall"}, "1.3-1", "1.2-2"),
]


@pytest.mark.parametrize(("hyperparameters", "knows", "refuses"), HISTORY, ids=str)
def test_version(hyperparameters: dict[str, str], knows: str, refuses: str) -> None:
    read(knows, **hyperparameters)
    with pytest.raises(UserError, match=r"Extraneous hyperparameter|is not in|not in range"):
        read(refuses, **hyperparameters)
