"""A state machine, with its revisions, versions and aliases."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from local_sagemaker.stepfunctions.definition.machine import Chain, read_machine
from local_sagemaker.stepfunctions.engine.revision import MachineType


@dataclass(frozen=True)
class StateMachineRevision:
    """What an execution runs on. The first one has no id; `date` is in seconds since the epoch."""

    definition: str
    role_arn: str
    logging: dict[str, Any]
    tracing: dict[str, Any]
    encryption: dict[str, Any] | None
    date: float
    id: str | None = None

    @cached_property
    def chain(self) -> Chain:
        """The definition as the engine walks it."""
        return read_machine(self.definition)

    def is_like(self, other: StateMachineRevision) -> bool:
        """Whether a change from one to the other changes nothing."""
        return replace(self, id=other.id, date=other.date) == other


@dataclass(frozen=True)
class Version:
    """A revision that was published; its number is never used again."""

    number: int
    arn: str
    revision: StateMachineRevision
    description: str | None
    creation_date: float


@dataclass
class Alias:
    """A name for one version or two, each with its share of the executions in percent."""

    name: str
    arn: str
    description: str | None
    routing: list[dict[str, Any]]
    creation_date: float
    update_date: float

    def routes_to(self, version_arn: str) -> bool:
        return any(each["stateMachineVersionArn"] == version_arn for each in self.routing)


@dataclass
class StateMachine:
    """`created_with` are the members of its creation by which a repetition of it is known."""

    name: str
    arn: str
    type: MachineType
    creation_date: float
    revision: StateMachineRevision
    created_with: dict[str, Any]
    versions: dict[int, Version] = field(default_factory=dict)
    last_version: int = 0
    aliases: dict[str, Alias] = field(default_factory=dict)
    is_deleting: bool = False

    @property
    def is_express(self) -> bool:
        return self.type == "EXPRESS"

    def publish(self, description: str | None, date: float) -> Version:
        """The version of the current revision, which is made if it is not there."""
        found = self.versions.get(self.last_version)
        if found is not None and found.revision == self.revision:
            return found
        self.last_version += 1
        version = Version(
            number=self.last_version,
            arn=f"{self.arn}:{self.last_version}",
            revision=self.revision,
            description=description,
            creation_date=date,
        )
        self.versions[version.number] = version
        return version
