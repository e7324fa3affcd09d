"""What differs between the versions of the image.

The library installed here is XGBoost 3. Images up to 1.7 hold XGBoost 1, whose defaults were
others; setting them explicitly gives the same models (docs/xgboost.md,
tests/local_sagemaker/test_parity.py).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

EXACT_MAX_ROWS = 4 << 20  # XGBoost 1: tree_method "auto" is exact below, approx from here on
LATEST = "3.0-5"


@dataclass(frozen=True)
class ContainerVersion:
    """A version tag of the image, such as 1.5-1 or 3.0-5."""

    tag: str

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> ContainerVersion:
        return cls(environment.get("SM_XGBOOST_VERSION", LATEST))

    @property
    def release(self) -> tuple[int, int]:
        major, minor = self.tag.split("-")[0].split(".")
        return int(major), int(minor)

    @property
    def build(self) -> tuple[int, int, int]:
        """The release and its build: 1.2-1 and 1.2-2 differ."""
        build = self.tag.partition("-")[2].split("-")[0]
        return *self.release, int(build) if build.isdecimal() else 1

    @property
    def joins_csv_predictions(self) -> bool:
        """Up to 1.2-1 the endpoint answers one comma-joined line, always as text/csv."""
        return self.build <= (1, 2, 1)

    @property
    def stops_early_by_last_metric(self) -> bool:
        """Up to 1.2 the library itself chooses what early_stopping_rounds watches."""
        return self.release <= (1, 2)

    @property
    def reads_pipes(self) -> bool:
        """From 3.0 on the reader of pipes, MLIO, is missing."""
        return self.release < (3, 0)

    @property
    def reads_folders(self) -> bool:
        """From 3.0 on all folders of a channel are read, before that only one."""
        return self.release >= (3, 0)

    @property
    def pickles_models(self) -> bool:
        """Up to 1.2 the artefact is a pickle of the Booster."""
        return self.release <= (1, 2)

    @property
    def model_format(self) -> str:
        """The library's: XGBoost 1 writes its old binary format, later ones UBJSON."""
        return "deprecated" if self.release < (2, 0) else "ubj"

    @property
    def resumes_from_checkpoints(self) -> bool:
        return self.release <= (1, 2)

    @property
    def has_debugger(self) -> bool:
        """Whether the image has the hook of SageMaker Debugger."""
        return (0, 90, 2) <= self.build < (3, 0, 0)

    def default_metric(self, objective: str) -> list[str]:
        """What is reported when nobody asks for a metric; empty: as the library of today does."""
        if self.release < (2, 0) and objective.startswith("rank:"):
            return ["map"]
        if self.release < (1, 3) and objective == "binary:logistic":
            return ["error"]
        if self.release < (1, 3) and objective.startswith("multi:"):
            return ["merror"]
        return []

    @property
    def misreports_classes(self) -> bool:
        """Whether the published source of the image computes class metrics wrongly.

        From 3.0 it takes probabilities for margins: see metrics.py.
        """
        return self.release >= (3, 0)

    def complete(self, parameters: Mapping[str, Any], rows: int) -> dict[str, Any]:
        """The library's parameters with what this version sets where the user did not."""
        if self.release >= (2, 0):
            return dict(parameters)
        completed = {"base_score": 0.5, **parameters}
        grows_trees = completed.get("booster") != "gblinear" and "updater" not in completed
        if grows_trees and completed.get("tree_method", "auto") == "auto":
            completed["tree_method"] = "exact" if rows < EXACT_MAX_ROWS else "approx"
        if completed.get("tree_method") == "exact" and completed.get("colsample_bynode", 1) < 1:
            # XGBoost 1's exact method samples columns by node, that of XGBoost 3 refuses to.
            completed["tree_method"] = "hist"
        return completed


NEWEST = ContainerVersion(LATEST)
