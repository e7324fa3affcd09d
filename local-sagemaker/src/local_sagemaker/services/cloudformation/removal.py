"""Removes resources of a stack; what cannot be removed is told, and stays."""

from __future__ import annotations

import logging
from collections.abc import Collection

from local_sagemaker.services.cloudformation.failure import reason_of
from local_sagemaker.services.cloudformation.references import in_order
from local_sagemaker.services.cloudformation.resources.resource import Resource
from local_sagemaker.services.cloudformation.stack import Member, Stack

RETAINED = ("Retain", "RetainExceptOnCreate")
_logger = logging.getLogger(__name__)


def remove(stack: Stack, member: Member, resource: Resource) -> None:
    """`resource` is the member's, or one that it had. Its status tells how it went."""
    stack.tell_of(member, "DELETE_IN_PROGRESS", resource=resource)
    try:
        resource.remove()
    except Exception as fault:
        _logger.info("%s was not removed", member.logical_id, exc_info=fault)
        stack.tell_of(member, "DELETE_FAILED", reason_of(fault), resource)
    else:
        stack.tell_of(member, "DELETE_COMPLETE", resource=resource)


def remove_all(stack: Stack, *, retained: Collection[str] = (), by_policy: bool) -> list[str]:
    """Each before what it needs; returns what could not be removed.

    `retained` are logical ids that stay. DeletionPolicy is left aside, for a creation that is
    rolled back, unless `by_policy`.
    """
    members, failed = stack.members, []
    for logical_id in reversed(in_order({name: members[name].definition for name in members})):
        member = members[logical_id]
        is_kept = by_policy and member.definition.get("DeletionPolicy") in RETAINED
        if member.resource is None:
            del members[logical_id]
        elif is_kept or logical_id in retained:
            stack.tell_of(member, "DELETE_SKIPPED")
        elif member.status != "DELETE_COMPLETE":
            remove(stack, member, member.resource)
            if member.status == "DELETE_FAILED":
                failed.append(logical_id)
    return failed
