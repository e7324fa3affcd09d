"""Makes and changes the resources of a stack, and knows how to undo that."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from local_sagemaker.services.cloudformation.dynamic_references import with_stored_values
from local_sagemaker.services.cloudformation.errors import ResourceFailure, ValidationError
from local_sagemaker.services.cloudformation.failure import ResourceError, reason_of
from local_sagemaker.services.cloudformation.functions import resolve, text_of
from local_sagemaker.services.cloudformation.names import StackNames
from local_sagemaker.services.cloudformation.physical_names import physical_name
from local_sagemaker.services.cloudformation.property_schemas import check_properties
from local_sagemaker.services.cloudformation.removal import RETAINED, remove
from local_sagemaker.services.cloudformation.resource_types import class_of
from local_sagemaker.services.cloudformation.resources.resource import Place, Resource
from local_sagemaker.services.cloudformation.stack import Member, Stack

_logger = logging.getLogger(__name__)


class Changes:
    """What one operation does to the members of a stack, one after the other."""

    def __init__(self, stack: Stack, names: StackNames) -> None:
        self._stack = stack
        self._names = names
        self._undo: list[Callable[[], None]] = []
        self._replaced: list[tuple[Member, Resource]] = []

    def bring_about(self, logical_id: str, definition: dict[str, Any]) -> None:
        """The resource as its definition has it. Raises ResourceError."""
        member = self._stack.members.get(logical_id)
        if member is None or member.resource is None:
            member = Member(logical_id, definition)
        verb = "UPDATE" if member.resource else "CREATE"
        try:
            given = resolve(definition.get("Properties", {}), self._names)
            properties = with_stored_values(given, self._stack.region)
            if member.resource is None:
                self._make(member, properties)
            elif member.properties != properties:
                self._change(member, member.resource, properties)
            self._define(member, definition)
        except Exception as fault:
            _logger.info("%s of %s failed", logical_id, self._stack.name, exc_info=fault)
            self._stack.members[logical_id] = member
            self._stack.tell_of(member, f"{verb}_FAILED", reason_of(fault))
            raise ResourceError([logical_id], verb.lower()) from fault

    def take_out(self, member: Member) -> None:
        """Of the stack at once, of the account when everything else has succeeded."""
        members = self._stack.members
        del members[member.logical_id]
        self._undo.append(lambda: members.update({member.logical_id: member}))
        if member.resource and member.definition.get("DeletionPolicy") not in RETAINED:
            self._replaced.append((member, member.resource))

    def clean_up(self) -> None:
        """Remove what has been replaced or taken out."""
        for member, resource in reversed(self._replaced):
            status = member.status, member.reason
            remove(self._stack, member, resource)
            if member.resource is not resource:
                member.status, member.reason = status

    def undo(self) -> None:
        """Raises what hinders it."""
        for undo in reversed(self._undo):
            undo()

    def _make(self, member: Member, properties: dict[str, Any]) -> None:
        self._stack.members[member.logical_id] = member
        self._stack.tell_of(member, "CREATE_IN_PROGRESS")
        self._undo.append(lambda: self._unmake(member))
        check_properties(member.logical_id, member.kind, properties)
        resource = self._new_resource(member, properties)
        try:
            _create(resource)
        except Exception:
            member.resource = resource if resource.is_left_behind else None
            raise
        member.resource, member.properties = resource, properties
        self._stack.tell_of(member, "CREATE_COMPLETE")

    def _unmake(self, member: Member) -> None:
        if member.resource is not None:
            remove(self._stack, member, member.resource)
        self._stack.members.pop(member.logical_id, None)

    def _new_resource(self, member: Member, properties: dict[str, Any]) -> Resource:
        stack, kind = self._stack, member.kind
        place = Place(kind, member.logical_id, stack.stack_id, stack.name, stack.region)
        made_by = class_of(kind)
        name = made_by.named_in(properties, kind)
        if name is None:
            name = physical_name(kind, stack.name, member.logical_id) + _ending(properties)
        return made_by(name, properties, place)

    def _change(self, member: Member, resource: Resource, properties: dict[str, Any]) -> None:
        self._stack.tell_of(member, "UPDATE_IN_PROGRESS")
        check_properties(member.logical_id, member.kind, properties)
        if resource.has_to_be_replaced(properties):
            self._replace(member, resource, properties)
        else:
            before = member.properties
            self._undo.append(lambda: self._change_back(member, resource, before))
            resource.change(properties)
            resource.properties = properties
        member.properties = properties
        self._stack.tell_of(member, "UPDATE_COMPLETE")

    def _change_back(self, member: Member, resource: Resource, before: dict[str, Any]) -> None:
        resource.change(before)
        resource.properties = member.properties = before
        self._stack.tell_of(member, "UPDATE_COMPLETE")

    def _replace(self, member: Member, old: Resource, properties: dict[str, Any]) -> None:
        new, before = self._new_resource(member, properties), member.properties
        if new.name == old.name:
            raise ValidationError(
                "CloudFormation cannot update a stack when a custom-named resource requires "
                f"replacing. Rename {new.name} and update the stack again."
            )
        self._undo.append(lambda: self._put_back(member, old, before, new))
        _create(new)
        member.resource = new
        if member.definition.get("UpdateReplacePolicy") not in RETAINED:
            self._replaced.append((member, old))

    def _put_back(
        self, member: Member, old: Resource, before: dict[str, Any], new: Resource
    ) -> None:
        if member.resource is new or new.is_left_behind:
            remove(self._stack, member, new)
        member.resource, member.properties = old, before
        self._stack.tell_of(member, "UPDATE_COMPLETE")

    def _define(self, member: Member, definition: dict[str, Any]) -> None:
        before, member.definition = member.definition, definition
        self._undo.append(lambda: setattr(member, "definition", before))


def _create(resource: Resource) -> None:
    """Make the resource.

    Raises ResourceFailure for the name of one that is there, in the words that people report of a
    topic (awslabs/fhir-works-on-aws-deployment#754).
    """
    if resource.is_taken():
        raise ResourceFailure(
            f'Resource handler returned message: "{resource.name} already exists" '
            "(HandlerErrorCode: AlreadyExists)"
        )
    resource.make()


def _ending(properties: dict[str, Any]) -> str:
    """That of FIFO queues and topics, without which there can be none."""
    is_fifo = properties.get("FifoQueue", properties.get("FifoTopic", False))
    return ".fifo" if text_of(is_fifo).lower() == "true" else ""
