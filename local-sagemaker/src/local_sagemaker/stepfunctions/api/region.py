"""What Step Functions holds for the account in one region."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from local_sagemaker.protocol.callers import client_of
from local_sagemaker.stepfunctions.api import arns
from local_sagemaker.stepfunctions.api.arns import StateMachineArn, state_machine_arn
from local_sagemaker.stepfunctions.api.log_delivery import LogDelivery
from local_sagemaker.stepfunctions.api.started import Started
from local_sagemaker.stepfunctions.api.state_machine import StateMachine
from local_sagemaker.stepfunctions.api.tags import Tags
from local_sagemaker.stepfunctions.errors import StateMachineDoesNotExist
from local_sagemaker.stepfunctions.settings import Settings

METADATA_ONLY = "METADATA_ONLY"
"""Of includedData: without what is in a definition, an input, an output."""

Document = dict[str, Any]
Operation = Callable[[Document], Document]


@dataclass
class Region:
    """State machines, executions and activities by ARN, and the tags of all resources.

    `lock` is held by who changes them.
    """

    settings: Settings
    name: str
    state_machines: dict[str, StateMachine] = field(default_factory=dict)
    started: dict[str, Started] = field(default_factory=dict)
    activities: dict[str, Document] = field(default_factory=dict)
    tags: Tags = field(default_factory=Tags)
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def tables(self) -> dict[str, dict[str, Any]]:
        """What is saved."""
        return {
            "StateMachine": self.state_machines,
            "Execution": self.started,
            "Activity": self.activities,
            "Tags": self.tags.by_arn,
        }

    def arn(self, kind: str, *names: str) -> str:
        return arns.arn(self.name, kind, *names)

    @cached_property
    def log_delivery(self) -> LogDelivery:
        return LogDelivery(client_of("states", "logs", self.name))

    def state_machine(self, text: str) -> tuple[StateMachine, StateMachineArn]:
        """The state machine of an ARN, whatever it is qualified with, and the ARN.

        Raises InvalidArn and StateMachineDoesNotExist.
        """
        arn = state_machine_arn(text)
        self.forget_deleted()
        found = self.state_machines.get(arn.machine)
        if found is None:
            raise StateMachineDoesNotExist(text)
        return found, arn

    def unqualified(self, text: str) -> StateMachine:
        """For what takes no version and no alias."""
        machine, arn = self.state_machine(text)
        if arn.is_qualified:
            raise StateMachineDoesNotExist(text)
        return machine

    def executions_of(self, machine: StateMachine) -> list[Started]:
        """The oldest first; not those of an earlier state machine of this name."""
        with self.lock:
            return [each for each in self.started.values() if each.target.machine is machine]

    def forget_express(self) -> None:
        """Express executions that have ended are not told of."""
        for arn, started in list(self.started.items()):
            if started.target.machine.is_express and not started.execution.is_running:
                del self.started[arn]

    def forget_deleted(self) -> None:
        """Let state machines go that are to be deleted, once their executions have ended."""
        with self.lock:
            for machine in [each for each in self.state_machines.values() if each.is_deleting]:
                if not any(each.execution.is_running for each in self.executions_of(machine)):
                    del self.state_machines[machine.arn]
                    self.tags.forget(machine.arn)
