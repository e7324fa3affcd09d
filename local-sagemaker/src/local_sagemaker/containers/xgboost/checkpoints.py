"""Checkpoints, as far as the image keeps them.

Up to 1.2 it writes one a round and keeps the last five; a job that finds one goes on from it. From
1.3 on it writes that of round 0 only, under a name that it does not look for: a job that was
interrupted starts again from zero. Source: callback.py and checkpointing.py of the container.
"""

from __future__ import annotations

import logging
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local_sagemaker.containers.xgboost.library import xgboost
from local_sagemaker.containers.xgboost.rounds import save_checkpoint
from local_sagemaker.containers.xgboost.versions import ContainerVersion

NAME = "xgboost-checkpoint"
KEPT = 5

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Checkpoints:
    """The directory of a job's checkpoints and what an earlier job left in it."""

    directory: Path
    version: ContainerVersion

    def resume(self) -> tuple[xgboost.Booster | None, int]:
        """The model to go on from and how many rounds it has; None and 0 without a checkpoint."""
        self.directory.mkdir(parents=True, exist_ok=True)
        numbers = self._numbers()
        if not numbers:
            return None, 0
        path = self.directory / f"{NAME}.{numbers[-1]}"
        booster = xgboost.Booster()
        booster.load_model(bytearray(path.read_bytes()))
        logger.info("Checkpoint loaded from %s; resuming from iteration %d", path, numbers[-1] + 1)
        return booster, numbers[-1] + 1

    def callback(self, done: int) -> xgboost.callback.TrainingCallback:
        """What writes the checkpoints of a job that begins after so many rounds."""
        if self.version.resumes_from_checkpoints:
            return EachRound(self, done)
        logger.warning(
            "Image %s keeps a checkpoint of the first round only and does not resume from it: an "
            "interrupted job starts again from round 0.",
            self.version.tag,
        )
        return xgboost.callback.TrainingCheckPoint(self.directory, name=NAME, interval=done)

    def write(self, model: xgboost.Booster, number: int) -> None:
        save_checkpoint(model, self.directory / f"{NAME}.{number}", self.version)
        for old in self._numbers()[:-KEPT]:
            (self.directory / f"{NAME}.{old}").unlink()

    def _numbers(self) -> list[int]:
        names = (path.name for path in self.directory.iterdir())
        found = (re.fullmatch(rf"{NAME}\.(\d+)", name) for name in names)
        return sorted(int(match[1]) for match in found if match)


class EachRound(xgboost.callback.TrainingCallback):
    """Writes a checkpoint after every round."""

    def __init__(self, checkpoints: Checkpoints, done: int) -> None:
        super().__init__()
        self.checkpoints = checkpoints
        self.done = done

    def after_iteration(self, model: Any, epoch: int, evals_log: Any) -> bool:
        self.checkpoints.write(model, self.done + epoch)
        return False
