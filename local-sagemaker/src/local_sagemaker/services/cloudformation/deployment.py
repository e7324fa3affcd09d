"""What becomes of a stack that is created, updated or deleted: its statuses, and its roll-back."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection
from datetime import UTC, datetime

from local_sagemaker.services.cloudformation.changes import Changes
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.failure import ResourceError, reason_of
from local_sagemaker.services.cloudformation.functions import NO_VALUE, resolve, text_of
from local_sagemaker.services.cloudformation.imports import check_exports
from local_sagemaker.services.cloudformation.names import StackNames
from local_sagemaker.services.cloudformation.references import in_order
from local_sagemaker.services.cloudformation.removal import remove_all
from local_sagemaker.services.cloudformation.stack import Output, Request, Stack
from local_sagemaker.services.cloudformation.stacks import REGIONS

_logger = logging.getLogger(__name__)

Exports = Callable[[str], str]


def create(stack: Stack, request: Request, exports: Exports) -> None:
    names = StackNames(stack, request, exports)
    try:
        _bring_about(stack, request, names, Changes(stack, names))
    except ResourceError as fault:
        _end_failed_creation(stack, request, fault)
    else:
        stack.tell("CREATE_COMPLETE")


def update(stack: Stack, request: Request, exports: Exports) -> None:
    before, names = stack.request, StackNames(stack, request, exports)
    stack.updated, changes = datetime.now(UTC), Changes(stack, names)
    try:
        _bring_about(stack, request, names, changes)
    except ResourceError as fault:
        if request.on_failure == "DO_NOTHING":
            stack.tell("UPDATE_FAILED", str(fault))
        else:
            stack.request = before
            _roll_back_update(stack, changes, str(fault))
    else:
        stack.tell("UPDATE_COMPLETE_CLEANUP_IN_PROGRESS")
        changes.clean_up()
        stack.tell("UPDATE_COMPLETE")


def delete(stack: Stack, retained: Collection[str] = ()) -> None:
    """`retained` are logical ids of resources that stay in the account."""
    failed = remove_all(stack, retained=retained, by_policy=True)
    if failed:
        named = ", ".join(failed)
        stack.tell("DELETE_FAILED", f"The following resource(s) failed to delete: [{named}]. ")
    else:
        stack.deleted = datetime.now(UTC)
        stack.tell("DELETE_COMPLETE")


def _end_failed_creation(stack: Stack, request: Request, fault: ResourceError) -> None:
    if request.on_failure == "DO_NOTHING":
        stack.tell("CREATE_FAILED", str(fault))
    elif request.on_failure == "DELETE":
        stack.tell("DELETE_IN_PROGRESS", f"{fault} Delete requested by user.")
        delete(stack)
    else:
        stack.tell("ROLLBACK_IN_PROGRESS", f"{fault} Rollback requested by user.")
        failed = remove_all(stack, by_policy=False)
        stack.tell("ROLLBACK_FAILED" if failed else "ROLLBACK_COMPLETE", stack.reason)


def _roll_back_update(stack: Stack, changes: Changes, reason: str) -> None:
    stack.tell("UPDATE_ROLLBACK_IN_PROGRESS", reason)
    try:
        changes.undo()
    except Exception as fault:
        _logger.exception("The roll-back of stack %s failed", stack.name)
        stack.tell("UPDATE_ROLLBACK_FAILED", reason_of(fault))
    else:
        stack.tell("UPDATE_ROLLBACK_COMPLETE", reason)


def _bring_about(stack: Stack, request: Request, names: StackNames, changes: Changes) -> None:
    """The resources and outputs that are asked for. Raises ResourceError."""
    wanted = {
        logical_id: definition
        for logical_id, definition in request.template["Resources"].items()
        if names.exists(definition)
    }
    for logical_id in in_order(wanted):
        changes.bring_about(logical_id, wanted[logical_id])
    for logical_id in reversed(list(stack.members)):
        if logical_id not in wanted:
            changes.take_out(stack.members[logical_id])
    try:
        outputs = _outputs(request, names)
        check_exports(REGIONS[stack.region], stack, outputs)
    except ValidationError as fault:
        raise ResourceError([], reason_of(fault)) from fault
    stack.outputs = outputs
    stack.request = request


def _outputs(request: Request, names: StackNames) -> list[Output]:
    """Those whose condition holds. Raises ValidationError."""
    outputs = []
    for key, declared in request.template.get("Outputs", {}).items():
        value = resolve(declared["Value"], names) if names.exists(declared) else NO_VALUE
        if value is NO_VALUE:
            continue
        export = declared.get("Export")
        name = text_of(resolve(export["Name"], names)) if export else None
        outputs.append(Output(key, text_of(value), declared.get("Description"), name))
    return outputs
