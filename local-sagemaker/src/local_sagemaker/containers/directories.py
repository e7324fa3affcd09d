"""The directory tree that SageMaker mounts at /opt/ml; ML_ROOT says where it is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

OPT_ML = "/opt/ml"


@dataclass(frozen=True)
class Directories:
    """The paths of the training contract under one root."""

    root: Path

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Directories:
        return cls(Path(environment.get("ML_ROOT", OPT_ML)))

    @property
    def model(self) -> Path:
        return self.root / "model"

    @property
    def output_data(self) -> Path:
        return self.root / "output" / "data"

    @property
    def failure(self) -> Path:
        return self.root / "output" / "failure"

    def channel(self, name: str) -> Path:
        return self.root / "input" / "data" / name

    def hyperparameters(self) -> dict[str, str]:
        return cast(dict[str, str], self._config("hyperparameters"))

    def channels(self) -> dict[str, dict[str, str]]:
        """The channels' settings: ContentType, TrainingInputMode, S3DistributionType ..."""
        return cast(dict[str, dict[str, str]], self._config("inputdataconfig"))

    def checkpoints(self) -> Path | None:
        """Where a job with a CheckpointConfig keeps its checkpoints."""
        if not self._config_path("checkpointconfig").exists():
            return None
        path = Path(self._config("checkpointconfig")["LocalPath"])
        return self.root / path.relative_to(OPT_ML)

    def write_failure(self, reason: str) -> None:
        self.failure.parent.mkdir(parents=True, exist_ok=True)
        self.failure.write_text(reason, encoding="utf-8")

    def _config(self, name: str) -> Any:
        return json.loads(self._config_path(name).read_text(encoding="utf-8"))

    def _config_path(self, name: str) -> Path:
        return self.root / "input" / "config" / f"{name}.json"
