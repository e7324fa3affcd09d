"""From a request to a stack: what is refused at once, and what a thread then does."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from contextvars import copy_context
from typing import Any

from local_sagemaker.process import background_work
from local_sagemaker.services.cloudformation import deployment
from local_sagemaker.services.cloudformation.capabilities import check_capabilities
from local_sagemaker.services.cloudformation.change_set import changes_of
from local_sagemaker.services.cloudformation.conditions import check_rules
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.imports import use_of_exports
from local_sagemaker.services.cloudformation.names import StackNames
from local_sagemaker.services.cloudformation.parameters import parameters_of
from local_sagemaker.services.cloudformation.references import check_references, in_order
from local_sagemaker.services.cloudformation.resource_types import check_types
from local_sagemaker.services.cloudformation.stack import Request, Stack
from local_sagemaker.services.cloudformation.stacks import Region
from local_sagemaker.services.cloudformation.template_text import read_template
from local_sagemaker.services.cloudformation.transforms import expanded

_logger = logging.getLogger(__name__)
_UPDATABLE = ("CREATE_COMPLETE", "UPDATE_COMPLETE", "UPDATE_ROLLBACK_COMPLETE", "UPDATE_FAILED")


def request_of(
    text: str,
    asked_parameters: Iterable[Mapping[str, Any]],
    stack: Stack,
    **more: Any,
) -> Request:
    """A checked request for a stack. Raises ValidationError, InsufficientCapabilitiesError."""
    template = read_template(text)
    previous = stack.request.parameters.given if stack.request else {}
    parameters = parameters_of(template, asked_parameters, previous, stack.region)
    template = expanded(template, parameters.values, stack.region)
    check_types(template)
    check_references(template)
    in_order(template["Resources"])
    request = Request(text, template, parameters, **more)
    check_capabilities(template, request.capabilities)
    return request


def check_names(region: Region, stack: Stack, request: Request) -> StackNames:
    """The names of the request, its conditions and rules looked at once. Raises ValidationError."""
    names = StackNames(stack, request, region.imported)
    for condition in request.template.get("Conditions", {}):
        names.is_true(condition)
    check_rules(request.template.get("Rules", {}), names)
    return names


def check_updatable(stack: Stack) -> None:
    """Raises ValidationError for a stack that is busy or that nobody can update any more."""
    if stack.status not in _UPDATABLE:
        raise ValidationError(
            f"Stack:{stack.stack_id} is in {stack.status} state and can not be updated."
        )


def check_changes(region: Region, stack: Stack, request: Request) -> list[dict[str, Any]]:
    """The changes of an update. Raises ValidationError for a resource that changes its type."""
    names = check_names(region, stack, request)
    changed = [
        logical_id
        for logical_id, definition in request.template["Resources"].items()
        if logical_id in stack.members and stack.members[logical_id].kind != definition["Type"]
    ]
    if changed:
        raise ValidationError(
            "Update of resource type is not permitted. The new template modifies resource type of "
            f"the following resources: [{', '.join(changed)}]"
        )
    return changes_of(stack, request, names)


def create(region: Region, stack: Stack, request: Request) -> None:
    """Begin to make the resources of a stack."""
    stack.notification_arns = request.notification_arns
    stack.request = request
    stack.tell("CREATE_IN_PROGRESS", "User Initiated")
    _begin(stack, lambda: deployment.create(stack, request, region.imported))


def update(region: Region, stack: Stack, request: Request) -> None:
    """Begin to change the resources of a stack."""
    stack.notification_arns = request.notification_arns
    stack.tell("UPDATE_IN_PROGRESS", "User Initiated")
    _begin(stack, lambda: deployment.update(stack, request, region.imported))


def delete(region: Region, stack: Stack, retained: list[str]) -> None:
    """Begin to delete a stack; one that others import from stays."""
    stack.tell("DELETE_IN_PROGRESS", "User Initiated")
    used = use_of_exports(region, stack)
    if used:
        stack.tell("DELETE_FAILED", used)
        return

    def remove() -> None:
        deployment.delete(stack, retained)
        if stack.is_deleted:
            region.forget_change_sets(stack)

    _begin(stack, remove)


def wait_until_settled(stack: Stack, seconds: float) -> None:
    """Until nothing is made, changed or removed for the stack any more, at most so long."""
    background_work.wait(_work_on(stack), seconds)


def _work_on(stack: Stack) -> str:
    return f"stack {stack.name}"


def _begin(stack: Stack, work: Callable[[], None]) -> None:
    def run() -> None:
        try:
            work()
        except Exception as defect:
            _logger.exception("Stack %s", stack.name)
            kind = stack.status.partition("_")[0]
            stack.tell(f"{kind}_FAILED", f"Internal failure: {defect}")

    background_work.begin(_work_on(stack), copy_context().run, run)  # it acts as this does
