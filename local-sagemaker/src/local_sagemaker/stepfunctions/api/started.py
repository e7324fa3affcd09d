"""An execution, and what it was started by."""

from __future__ import annotations

from dataclasses import dataclass

from local_sagemaker.stepfunctions.api.state_machine import (
    Alias,
    StateMachine,
    StateMachineRevision,
    Version,
)
from local_sagemaker.stepfunctions.engine.execution import Execution


@dataclass(frozen=True)
class Target:
    """A state machine, and the version and alias by which it was named, if it was."""

    machine: StateMachine
    version: Version | None = None
    alias: Alias | None = None

    @property
    def revision(self) -> StateMachineRevision:
        """What is published of the version, or what the state machine is now."""
        return self.version.revision if self.version else self.machine.revision

    @property
    def arns(self) -> list[str]:
        """Those of the version and the alias."""
        return [each.arn for each in (self.version, self.alias) if each is not None]


@dataclass(frozen=True)
class Started:
    """`revision` stays what it was at the start."""

    execution: Execution
    target: Target
    revision: StateMachineRevision
