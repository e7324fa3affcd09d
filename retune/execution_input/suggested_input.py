"""The execution input that fits a prepared table: its objective, ranges and limits by its size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from preparation.description import BINARY, MULTICLASS, Description
from preparation.row_split import TRAIN
from tuning.algorithms.recommended_space import recommended_space

_ALGORITHM = "xgboost"
_FEW_ROWS, _MANY_ROWS = 1_000, 1_000_000  # of train
_GIB = 2**30
# Memory in GiB; training holds all rows in memory, in less than twice what CSV takes.
_MACHINES = {
    "ml.m5.large": 8, "ml.m5.xlarge": 16, "ml.m5.2xlarge": 32, "ml.m5.4xlarge": 64,
    "ml.m5.12xlarge": 192, "ml.m5.24xlarge": 384,
}  # fmt: skip


def suggested_input(
    description: Description, channels: Mapping[str, str], size_bytes: int
) -> dict[str, Any]:
    """`channels` are S3 URIs by name; `size_bytes` is that of all their objects."""
    objective, metric = _objective(description)
    return {
        "Channels": dict(channels),
        "Algorithm": _ALGORITHM,
        "StaticHyperParameters": {"num_round": 100, **objective},
        "HyperParameterTuningJobObjective": {"MetricName": metric},
        "ParameterRanges": _ranges(description),
        "ResourceLimits": {
            "MaxNumberOfTrainingJobs": 10 if description.rows[TRAIN] > _MANY_ROWS else 20,
            "MaxParallelTrainingJobs": 3,
        },
        **_machine(size_bytes),
    }


def _objective(description: Description) -> tuple[dict[str, Any], str]:
    task = description.label.task
    if task == BINARY:
        return {"objective": "binary:logistic", "eval_metric": "auc"}, "validation:auc"
    if task == MULTICLASS:
        classes = len(description.label.classes or ())
        static = {"objective": "multi:softprob", "num_class": classes, "eval_metric": "mlogloss"}
        return static, "validation:mlogloss"
    return {"objective": "reg:squarederror", "eval_metric": "rmse"}, "validation:rmse"


def _ranges(description: Description) -> dict[str, dict[str, Any]]:
    """Shallow trees for few rows, deeper ones for many; of one column, none is sampled."""
    ranges = recommended_space(_ALGORITHM)
    rows = description.rows[TRAIN]
    if rows < _FEW_ROWS:
        ranges["max_depth"] |= {"MinValue": "2", "MaxValue": "6"}
    elif rows > _MANY_ROWS:
        ranges["max_depth"] |= {"MinValue": "4", "MaxValue": "12"}
        ranges["min_child_weight"] |= {"MaxValue": "100"}
    if len(description.features) == 1:
        del ranges["colsample_bytree"]
    return ranges


def _machine(size_bytes: int) -> dict[str, Any]:
    """Nothing when the default machine, the smallest, and its volume of 10 GB hold the data."""
    needed = 2 * size_bytes / _GIB
    name = next((name for name, memory in _MACHINES.items() if memory >= needed), [*_MACHINES][-1])
    if name == next(iter(_MACHINES)):
        return {}
    return {"ResourceConfig": {"InstanceType": name, "VolumeSizeInGB": int(needed) + 10}}
