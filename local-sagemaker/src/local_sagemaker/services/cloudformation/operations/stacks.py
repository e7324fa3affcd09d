"""CreateStack, UpdateStack, DeleteStack and UpdateTerminationProtection."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from local_sagemaker.services.cloudformation import lifecycle
from local_sagemaker.services.cloudformation.acting import acting_in
from local_sagemaker.services.cloudformation.capabilities import check_expansion
from local_sagemaker.services.cloudformation.change_set import is_unchanged
from local_sagemaker.services.cloudformation.errors import AlreadyExistsError, ValidationError
from local_sagemaker.services.cloudformation.operations.asked import (
    check_name,
    region_of,
    request_for,
    role_for,
)
from local_sagemaker.services.cloudformation.stack import Request, Stack
from local_sagemaker.services.cloudformation.template_text import read_template


def create_stack(request: Any) -> ActionResult:
    region, name = region_of(request), request._get_param("StackName")
    check_name(name, "stackName")
    with region.lock:
        if region.find(name) is not None:
            raise AlreadyExistsError(f"Stack [{name}] already exists")
        stack = region.new_stack(name)
        role = role_for(request, stack)
        with acting_in(role):
            asked = request_for(request, stack, role)
            check_expansion(read_template(asked.text), asked.capabilities)
            lifecycle.check_names(region, stack, asked)
            _note(stack, request, asked)
            region.add(stack)
            lifecycle.create(region, stack, asked)
    return ActionResult({"StackId": stack.stack_id})


def _note(stack: Stack, request: Any, asked: Request) -> None:
    """What is said of a stack when it is made, and of no request for it."""
    stack.termination_protection = request._get_bool_param("EnableTerminationProtection", False)
    stack.disable_rollback = asked.on_failure == "DO_NOTHING"
    stack.timeout_in_minutes = request._get_param("TimeoutInMinutes")
    stack.policy = request._get_param("StackPolicyBody")


def update_stack(request: Any) -> ActionResult:
    region = region_of(request)
    with region.lock:
        stack = region.stack(request._get_param("StackName"), words="Stack [{}] does not exist")
        lifecycle.check_updatable(stack)
        role = role_for(request, stack)
        with acting_in(role):
            asked = request_for(request, stack, role)
            check_expansion(read_template(asked.text), asked.capabilities)
            changes = lifecycle.check_changes(region, stack, asked)
            if is_unchanged(stack, asked, changes):
                raise ValidationError("No updates are to be performed.")
            lifecycle.update(region, stack, asked)
    return ActionResult({"StackId": stack.stack_id})


def delete_stack(request: Any) -> ActionResult:
    """To delete what is not there succeeds, as on AWS."""
    region = region_of(request)
    with region.lock:
        stack = region.find(request._get_param("StackName"))
        if stack is None or stack.is_deleted or stack.status == "DELETE_IN_PROGRESS":
            return EmptyResult()
        if stack.termination_protection:
            raise ValidationError(
                f"Stack [{stack.name}] cannot be deleted while TerminationProtection is enabled"
            )
        if stack.is_busy:
            raise ValidationError(
                f"Stack [{stack.name}] cannot be deleted while in status {stack.status}"
            )
        with acting_in(role_for(request, stack)):
            lifecycle.delete(region, stack, request._get_param("RetainResources") or [])
    return EmptyResult()


def update_termination_protection(request: Any) -> ActionResult:
    stack = region_of(request).stack(
        request._get_param("StackName"), words="Stack [{}] does not exist"
    )
    stack.termination_protection = request._get_bool_param("EnableTerminationProtection", False)
    return ActionResult({"StackId": stack.stack_id})
