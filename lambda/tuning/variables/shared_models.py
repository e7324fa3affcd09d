"""Models of a stack that has more of them than schedules: they lie in one object of S3."""

from __future__ import annotations

from typing import Any

from tuning.variables.variable import Variable


class ModelsPlace(Variable):
    """Where the object lies: what the schedule of StartDueModels hands to it."""

    bucket: str
    key: str


class SharedModel(Variable):
    """What the schedule of the model would be: its input, and when it is due."""

    document: dict[str, Any]
    expression: str
    time_zone: str
    state: str  # ENABLED or DISABLED

    @property
    def name(self) -> str:
        return str(self.document["ModelName"])


class SharedModels(Variable):
    """The object."""

    models: tuple[SharedModel, ...]
