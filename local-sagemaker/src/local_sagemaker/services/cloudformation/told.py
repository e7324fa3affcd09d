"""How a stack tells what became of it."""

from __future__ import annotations

from moto.cloudformation.models import Stack


def tell(stack: Stack, status: str, reason: str) -> None:
    """The stack's status from now on, and an event."""
    stack.status = status
    stack.status_reason = reason
    stack._add_stack_event(status, resource_status_reason=reason)
