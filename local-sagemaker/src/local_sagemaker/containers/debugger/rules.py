"""Built-in rules of SageMaker Debugger whose conditions the developer guide tells in full."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from local_sagemaker.containers.debugger import conditions
from local_sagemaker.containers.debugger.saved_tensors import SavedTensors


@dataclass(frozen=True)
class Rule:
    """A condition, and its parameters with their defaults."""

    condition: conditions.Condition
    defaults: Mapping[str, str]

    def first_step(self, tensors: SavedTensors, parameters: Mapping[str, str]) -> int | None:
        """The step at which a training meets the condition.

        Raises:
            ValueError: a parameter is no number.
            Unreadable: a tensor is not there.
        """
        return self.condition(tensors, {**self.defaults, **parameters})


_CHOICE = {"collection_names": "", "tensor_regex": ""}
RULES = {
    "LossNotDecreasing": Rule(
        conditions.loss_not_decreasing,
        {**_CHOICE, "use_losses_collection": "True", "num_steps": "10", "diff_percent": "0"},
    ),
    "FeatureImportanceOverweight": Rule(
        conditions.feature_importance_overweight,
        {"threshold": "0.8", "nfeatures": "3", "tensor_regex": ".*feature_importance/weight"},
    ),
    "TreeDepth": Rule(conditions.tree_depth, {"depth": "4"}),
    "AllZero": Rule(conditions.all_zero, {**_CHOICE, "threshold": "100"}),
    "TensorVariance": Rule(
        conditions.tensor_variance, {**_CHOICE, "min_threshold": "-inf", "max_threshold": "inf"}
    ),
    "UnchangedTensor": Rule(
        conditions.unchanged_tensor,
        {**_CHOICE, "num_steps": "3", "rtol": "1e-05", "atol": "1e-08", "equal_nan": "False"},
    ),
}
