"""A collection of tensors: which belong to it, and when they are saved."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from local_sagemaker.containers.debugger.schedule import Schedule

# Those of XGBoost and the names of their tensors, as smdebug/xgboost/collection.py has them: a name
# of SHAP values that ends in one of /, b, i, a and s is in no collection of its own.
PATTERNS: dict[str, tuple[str, ...]] = {
    "all": (),
    "default": (),
    "hyperparameters": ("^hyperparameters/.*$",),
    "metrics": ("^[a-zA-z]+-[a-zA-z0-9]+$",),
    "losses": ("^[a-zA-z]+-.+(?<!(auc|map))$",),
    "predictions": ("^predictions$",),
    "labels": ("^labels$",),
    "feature_importance": ("^feature_importance/.*",),
    "average_shap": ("^average_shap/.*[^/bias]$",),
    "full_shap": ("^full_shap/.*[^/bias]$",),
    "trees": ("^trees/.*",),
}
_OF_SCALARS = {"metrics", "losses", "feature_importance", "average_shap"}


@dataclass
class Collection:
    """`schedules` are by mode; `tensors` those that it was found to have; `reductions` as given."""

    name: str
    schedules: dict[str, Schedule]
    patterns: list[str] = field(default_factory=list)
    reductions: str = ""
    save_histogram: bool = True
    tensors: set[str] = field(default_factory=set)

    @property
    def holds_scalars(self) -> bool:
        return self.name in _OF_SCALARS

    @property
    def is_configured(self) -> bool:
        """Whether it says which tensors it has, or need not."""
        return self.name in PATTERNS or bool(self.patterns)

    @property
    def is_reduced(self) -> bool:
        """Scalars are saved as they are, whatever reductions are asked for."""
        return bool(self.reductions) and not self.holds_scalars

    def has(self, tensor: str) -> bool:
        """Whether the tensor belongs to it, which it remembers."""
        found = any(re.search(pattern, tensor) for pattern in self.patterns)
        if found:
            self.tensors.add(tensor)
        return found

    def saves(self, mode: str, step: int) -> bool:
        return self.schedules[mode].saves(step)

    def document(self) -> dict[str, Any]:
        """As collections.json has it."""
        return {
            "name": self.name,
            "include_regex": self.patterns,
            "tensor_names": sorted(self.tensors),
            "reduction_config": {
                "save_raw_tensor": True,
                "reductions": "",
                "save_shape": False,
            },
            "save_config": {mode: each.document() for mode, each in self.schedules.items()},
            "save_histogram": self.save_histogram and not self.holds_scalars,
        }
