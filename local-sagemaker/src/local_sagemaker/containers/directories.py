"""The directory tree that SageMaker mounts at /opt/ml; ML_ROOT says where it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

OPT_ML = "/opt/ml"
# Also within an argument: --input=/opt/ml/processing/input, but not s3://bucket/opt/ml/input.
_BELOW_OPT_ML = re.compile(r"(?<![\w./-])/opt/ml(?=/|$)")


def led_to(root: Path, text: str) -> str:
    """A text in which paths below /opt/ml are those below the root that stands for it."""
    return _BELOW_OPT_ML.sub(lambda _: str(root), text)


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

    def resources(self) -> dict[str, Any]:
        """The hosts of the job and their instance type."""
        return cast(dict[str, Any], self._config("resourceconfig"))

    def checkpoints(self) -> Path | None:
        """Where a job with a CheckpointConfig keeps its checkpoints."""
        if not self._config_path("checkpointconfig").exists():
            return None
        return self.inside(self._config("checkpointconfig")["LocalPath"])

    def debug_hook(self) -> dict[str, Any] | None:
        """The DebugHookConfig of a job that has one."""
        if not self._config_path("debughookconfig").exists():
            return None
        return cast(dict[str, Any], self._config("debughookconfig"))

    def inside(self, path: str) -> Path:
        """Where a path of the container, below /opt/ml, is on this machine."""
        return self.root / Path(path).relative_to(OPT_ML)

    def write_failure(self, reason: str) -> None:
        self.failure.parent.mkdir(parents=True, exist_ok=True)
        self.failure.write_text(reason, encoding="utf-8")

    def _config(self, name: str) -> Any:
        return json.loads(self._config_path(name).read_text(encoding="utf-8"))

    def _config_path(self, name: str) -> Path:
        return self.root / "input" / "config" / f"{name}.json"
