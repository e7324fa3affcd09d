"""A stack: what it was asked for, what it has, and what it tells."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.services.cloudformation.notification import notify
from local_sagemaker.services.cloudformation.parameters import Parameters
from local_sagemaker.services.cloudformation.resources.resource import Resource

TYPE = "AWS::CloudFormation::Stack"


@dataclass(frozen=True)
class Request:
    """What CreateStack, UpdateStack or a change set asks for. `template` is without macros."""

    text: str
    template: dict[str, Any]
    parameters: Parameters
    tags: dict[str, str] = field(default_factory=dict)
    capabilities: list[str] = field(default_factory=list)
    notification_arns: list[str] = field(default_factory=list)
    role_arn: str | None = None
    on_failure: str = "ROLLBACK"


@dataclass
class Member:
    """A resource of a stack. Without a `resource` it is one that could not be made, or is gone."""

    logical_id: str
    definition: dict[str, Any]
    properties: dict[str, Any] = field(default_factory=dict)
    resource: Resource | None = None
    status: str = "CREATE_IN_PROGRESS"
    reason: str | None = None
    changed: datetime = field(default_factory=lambda: datetime.now(UTC))

    @property
    def kind(self) -> str:
        return str(self.definition["Type"])

    @property
    def physical_id(self) -> str:
        return self.resource.physical_resource_id if self.resource else ""


@dataclass(frozen=True)
class Output:
    key: str
    value: str
    description: str | None
    export: str | None


@dataclass
class Stack:
    """`request` is None until the first change set of a stack is executed."""

    name: str
    stack_id: str
    region: str
    request: Request | None = None
    parent_id: str | None = None
    root_id: str | None = None
    termination_protection: bool = False
    disable_rollback: bool = False
    timeout_in_minutes: int | None = None
    policy: str | None = None
    status: str = "REVIEW_IN_PROGRESS"
    reason: str | None = None
    members: dict[str, Member] = field(default_factory=dict)
    outputs: list[Output] = field(default_factory=list)
    events: list[dict[str, Any]] = field(default_factory=list)
    notification_arns: list[str] = field(default_factory=list)
    created: datetime = field(default_factory=lambda: datetime.now(UTC))
    updated: datetime | None = None
    deleted: datetime | None = None

    @property
    def is_busy(self) -> bool:
        return self.status.endswith("_IN_PROGRESS") and self.status != "REVIEW_IN_PROGRESS"

    @property
    def is_deleted(self) -> bool:
        return self.status == "DELETE_COMPLETE"

    def tell(self, status: str, reason: str | None = None) -> None:
        """The stack's status from now on, and an event."""
        self.status, self.reason = status, reason
        self._add_event(self.name, self.stack_id, TYPE, status, reason)

    def tell_of(
        self,
        member: Member,
        status: str,
        reason: str | None = None,
        resource: Resource | None = None,
    ) -> None:
        """The same for one of its resources, or for one that it had before."""
        member.status, member.reason, member.changed = status, reason, datetime.now(UTC)
        physical_id = resource.physical_resource_id if resource else member.physical_id
        self._add_event(member.logical_id, physical_id, member.kind, status, reason)

    def _add_event(
        self, logical_id: str, physical_id: str, kind: str, status: str, reason: str | None
    ) -> None:
        event = {
            "StackId": self.stack_id,
            "EventId": f"{logical_id}-{uuid.uuid4()}",
            "StackName": self.name,
            "LogicalResourceId": logical_id,
            "PhysicalResourceId": physical_id,
            "ResourceType": kind,
            "Timestamp": datetime.now(UTC),
            "ResourceStatus": status,
            "ResourceStatusReason": reason,
        }
        self.events.append(event)
        notify(self.notification_arns, event, self.region)
