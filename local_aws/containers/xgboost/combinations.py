"""Rules of the container that tie one hyperparameter to another."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_aws.containers.xgboost.errors import UserError

Values = Mapping[str, Any]

TREE_GROWERS = {"grow_colmaker", "distcol", "grow_histmaker", "grow_quantile_histmaker"}
LINEAR_UPDATERS = {"shotgun", "coord_descent"}
REFRESHING_UPDATERS = {"refresh", "prune"}
CONSTRAINT_TREE_METHODS = {
    "monotone_constraints": ("exact", "hist"),
    "interaction_constraints": ("exact", "hist", "approx"),
}


def check_combinations(values: Values) -> None:
    """Raise UserError for the first rule that the values break."""
    _check_number_of_classes(values)
    _check_eval_metric(values)
    _check_updater(values)
    _check_constraints(values)


def _check_number_of_classes(values: Values) -> None:
    if values.get("objective") in ("multi:softmax", "multi:softprob") and "num_class" not in values:
        raise UserError("Require input for parameter 'num_class' for multi-classification")


def _check_eval_metric(values: Values) -> None:
    metrics, objective = values.get("eval_metric", []), values.get("objective")
    if metrics and objective is None:
        raise UserError(
            f"Hyperparameter eval_metric is {','.join(metrics)} but objective is not set: "
            "the container needs objective, for example binary:logistic, to check the metric"
        )
    if "auc" in metrics and not str(objective).startswith(("binary:", "rank:")):
        raise UserError(
            "Metric 'auc' can only be applied for classification and ranking problems: "
            f"objective is {objective}, it must begin with binary: or rank:"
        )
    if "aft-nloglik" in metrics and objective != "survival:aft":
        raise UserError(
            "Metric 'aft-nloglik' can only be applied for 'survival:aft' objective, "
            f"not for {objective}"
        )


def _check_updater(values: Values) -> None:
    updaters = values.get("updater")
    if updaters is None:
        return
    if values.get("booster") == "gblinear":
        valid = len(updaters) == 1 and updaters[0] in LINEAR_UPDATERS
        rule = f"with booster gblinear it must be one of {sorted(LINEAR_UPDATERS)}"
    elif values.get("process_type") == "update":
        valid = set(updaters) <= REFRESHING_UPDATERS
        rule = "process_type 'update' can only be used with updater 'refresh' and 'prune'"
    else:
        growers = [updater for updater in updaters if updater in TREE_GROWERS]
        valid = len(growers) <= 1 and not LINEAR_UPDATERS & set(updaters)
        rule = f"with trees at most one of {sorted(TREE_GROWERS)} and no linear updater"
    if not valid:
        raise UserError(f"Hyperparameter updater: {','.join(updaters)} cannot be used: {rule}")


def _check_constraints(values: Values) -> None:
    for name, methods in CONSTRAINT_TREE_METHODS.items():
        if name in values and values.get("tree_method") not in methods:
            raise UserError(
                f"{name} can be used only when the tree_method parameter is set to "
                f"one of {', '.join(methods)}"
            )
