"""What PlanTuning and the processing job of Prepare hand to each other, in the run's folder."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from tuning.aws import objects
from tuning.aws.run_folder import RunFolder
from tuning.data.s3_location import S3Location
from tuning.planning.preparation import (
    CHANNELS_FOLDER,
    KEPT,
    PROGRAM,
    PROGRAM_FOLDER,
    REQUEST,
    WARNINGS,
)
from tuning.variables.plan import Plan


@dataclass(frozen=True)
class PreparationFolder:
    """The folder `preparation/` in the execution's folder of the data bucket."""

    run: RunFolder

    @classmethod
    def of(cls, plan: Plan) -> PreparationFolder:
        """The folder of the execution that a plan is for."""
        return cls(RunFolder.of(plan))

    def write_inputs(self, program: str, request: dict[str, Any], kept: str | None) -> None:
        """The program's archive and what it is asked; `kept` is a description to encode by."""
        objects.copy_object(S3Location.of(program), self._location(PROGRAM_FOLDER + PROGRAM))
        self.run.write(PROGRAM_FOLDER + REQUEST, request)
        if kept is not None:
            self.run.write(PROGRAM_FOLDER + KEPT, json.loads(kept))

    def warnings(self) -> list[str]:
        """What the job has seen in the table that a person should know."""
        return [*json.loads(objects.read_text(self._location(CHANNELS_FOLDER + WARNINGS)))]

    def _location(self, name: str) -> S3Location:
        return S3Location(self.run.bucket, self.run.prefix + name)
