"""Where a value stands in a definition, and a fault that is found there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from local_sagemaker.stepfunctions.definition.machine import Language

SCHEMA = "SCHEMA_VALIDATION_FAILED"
Severity = Literal["ERROR", "WARNING"]


@dataclass(frozen=True)
class Fault:
    """One diagnostic. `location` is None where Step Functions names none."""

    code: str
    message: str
    location: str | None
    severity: Severity = "ERROR"

    def __str__(self) -> str:
        """As CreateStateMachine words it, which writes `null` for a place that is not known."""
        return f"{self.code}: {self.message} at {self.location or 'null'}"


@dataclass(frozen=True)
class Place:
    """A value's path, such as `/States/A/Catch[0]`, and what holds there.

    `language` is the one that the state speaks, `machine` the one of the whole machine; a machine
    of the EXPRESS type lacks some integrations.
    """

    path: str = ""
    language: Language = "JSONPath"
    machine: Language = "JSONPath"
    express: bool = False

    def field(self, name: str) -> Place:
        return replace(self, path=f"{self.path}/{name}")

    def item(self, number: int) -> Place:
        return replace(self, path=f"{self.path}[{number}]")

    def of(self, **members: Any) -> Place:
        """The same place under other rules."""
        return replace(self, **members)

    def fault(self, message: str, code: str = SCHEMA) -> Fault:
        return Fault(code, message, self.path or "/")

    def warning(self, message: str, code: str) -> Fault:
        return Fault(code, message, self.path or "/", "WARNING")
