"""Rules of the container that tie one hyperparameter to another, in its words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.containers.errors import UserError

Values = Mapping[str, Any]

LINEAR_UPDATERS = ["shotgun", "coord_descent"]
TREE_GROWERS = ["grow_colmaker", "distcol", "grow_histmaker", "grow_local_histmaker"]
TREE_UPDATERS = [*TREE_GROWERS, "grow_skmaker", "sync", "refresh", "prune"]
REFRESHING_UPDATERS = ["refresh", "prune"]


def check_combinations(values: Values) -> None:
    """Raise UserError for the first rule that the values break."""
    _check_objective(values)
    _check_eval_metric(values)
    _check_updater(values)
    _check_constraints(values)
    _check_dask(values)


def _check_objective(values: Values) -> None:
    objective = values.get("objective")
    if objective in ("multi:softmax", "multi:softprob") and "num_class" not in values:
        raise UserError("Require input for parameter 'num_class' for multi-classification")
    if "_kfold" in values and objective is None and "num_class" not in values:
        raise UserError(
            "Hyperparameter _kfold needs objective to be set, for example binary:logistic: "
            "the container divides the rows by class or at random, as the objective asks"
        )


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
    updaters = values.get("updater", [])
    if not updaters:
        return
    given = f"updater is {','.join(updaters)}"
    if values.get("booster") == "gblinear":
        if len(updaters) > 1 or updaters[0] not in LINEAR_UPDATERS:
            raise UserError(
                "Linear updater should be one of these options: "
                f"{_quoted(LINEAR_UPDATERS)}. {given}"
            )
    elif values.get("process_type") == "update":
        if not set(updaters) <= set(REFRESHING_UPDATERS):
            raise UserError(
                "process_type 'update' can only be used with updater 'refresh' and "
                f"'prune': {given}"
            )
    elif not set(updaters) <= set(TREE_UPDATERS):
        raise UserError(
            f"Tree updater should be selected from these options: {_quoted(TREE_UPDATERS)}. {given}"
        )
    elif sum(updater in TREE_GROWERS for updater in updaters) > 1:
        raise UserError(
            "Only one tree grow plugin can be selected. Choose one from the following: "
            f"{_quoted(TREE_GROWERS)}. {given}"
        )


def _check_constraints(values: Values) -> None:
    tree_method = values.get("tree_method")
    if "monotone_constraints" in values and tree_method not in ("exact", "hist"):
        raise UserError(
            "monotone_constraints can be used only when the tree_method parameter is set to "
            "either 'exact' or 'hist'."
        )
    if "interaction_constraints" in values and tree_method not in ("exact", "hist", "approx"):
        raise UserError(
            "interaction_constraints can be used only when the tree_method parameter is set to "
            "either 'exact', 'hist' or 'approx'."
        )


def _check_dask(values: Values) -> None:
    """What the container says on an instance without a GPU; local AWS has none."""
    if values.get("use_dask_gpu_training") == "true":
        raise UserError(
            "Some configurations unsuitable for Dask GPU training were found: Dask training is "
            "only available for `gpu_hist` training on GPU instances. Local AWS has none: leave "
            "out use_dask_gpu_training."
        )


def _quoted(names: list[str]) -> str:
    return ", ".join(f"'{name}'" for name in names)
