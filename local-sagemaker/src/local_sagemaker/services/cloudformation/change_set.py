"""A change set: what a request would change of a stack."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from local_sagemaker.services.cloudformation.dynamic_references import with_stored_values
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.functions import resolve
from local_sagemaker.services.cloudformation.names import StackNames
from local_sagemaker.services.cloudformation.stack import Member, Request, Stack

NO_CHANGES = (
    "The submitted information didn't contain changes. Submit different information to create a "
    "change set."
)


@dataclass
class ChangeSet:
    name: str
    change_set_id: str
    stack: Stack
    kind: str
    request: Request
    changes: list[dict[str, Any]]
    description: str | None = None
    status: str = "CREATE_COMPLETE"
    reason: str | None = None
    execution_status: str = "AVAILABLE"
    created: datetime = field(default_factory=lambda: datetime.now(UTC))

    def fail(self, reason: str) -> None:
        self.status, self.reason, self.execution_status = "FAILED", reason, "UNAVAILABLE"


def changes_of(stack: Stack, request: Request, names: StackNames) -> list[dict[str, Any]]:
    """What would be added, changed and removed, as DescribeChangeSet tells it."""
    wanted = {
        logical_id: definition
        for logical_id, definition in request.template["Resources"].items()
        if names.exists(definition)
    }
    added = [
        _change("Add", logical_id, definition["Type"])
        for logical_id, definition in wanted.items()
        if logical_id not in stack.members
    ]
    removed = [
        _change("Remove", member.logical_id, member.kind, member)
        for member in stack.members.values()
        if member.logical_id not in wanted
    ]
    changed = [
        change
        for logical_id, definition in wanted.items()
        if logical_id in stack.members
        and (change := _modification(stack.members[logical_id], definition, names))
    ]
    return [*added, *changed, *removed]


def is_unchanged(stack: Stack, request: Request, changes: list[dict[str, Any]]) -> bool:
    """Whether nothing at all would be done: also outputs, tags and topics stay as they are."""
    before = stack.request
    return (
        before is not None
        and not changes
        and before.template.get("Outputs") == request.template.get("Outputs")
        and before.tags == request.tags
        and before.notification_arns == request.notification_arns
    )


def _modification(
    member: Member, definition: dict[str, Any], names: StackNames
) -> dict[str, Any] | None:
    others = ("DeletionPolicy", "Metadata", "UpdatePolicy", "UpdateReplacePolicy")
    scope = [name for name in others if member.definition.get(name) != definition.get(name)]
    replacement = "False"
    try:
        given = resolve(definition.get("Properties", {}), names)
        properties = with_stored_values(given, names.region)
    except ValidationError:  # of what is yet to be made
        properties, replacement = None, "Conditional"
    if properties != member.properties:
        scope.insert(0, "Properties")
    if not scope:
        return None
    if properties is not None and member.resource is not None:
        replacement = str(member.resource.has_to_be_replaced(properties))
    more = {"Replacement": replacement, "Scope": scope, "Details": _details(member, properties)}
    return _change("Modify", member.logical_id, member.kind, member) | more


def _details(member: Member, properties: dict[str, Any] | None) -> list[dict[str, Any]]:
    given = properties or {}
    names = [n for n in {**member.properties, **given} if member.properties.get(n) != given.get(n)]
    return [
        {
            "Target": {"Attribute": "Properties", "Name": name, "RequiresRecreation": "Never"},
            "Evaluation": "Static",
            "ChangeSource": "DirectModification",
        }
        for name in (names if properties is not None else [])
    ]


def _change(
    action: str, logical_id: str, kind: str, member: Member | None = None
) -> dict[str, Any]:
    physical = {"PhysicalResourceId": member.physical_id} if member else {}
    return {"Action": action, "LogicalResourceId": logical_id, "ResourceType": kind, **physical}
