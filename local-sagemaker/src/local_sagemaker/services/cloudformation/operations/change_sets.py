"""CreateChangeSet, DescribeChangeSet, ExecuteChangeSet, DeleteChangeSet and ListChangeSets."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from local_sagemaker.services.cloudformation import lifecycle
from local_sagemaker.services.cloudformation.acting import acting_in
from local_sagemaker.services.cloudformation.change_set import (
    NO_CHANGES,
    ChangeSet,
    changes_of,
    is_unchanged,
)
from local_sagemaker.services.cloudformation.errors import (
    AlreadyExistsError,
    InvalidChangeSetStatusError,
    ValidationError,
)
from local_sagemaker.services.cloudformation.operations.asked import (
    check_name,
    page,
    region_of,
    request_for,
    role_for,
)
from local_sagemaker.services.cloudformation.stack import Stack
from local_sagemaker.services.cloudformation.stacks import Region


def create_change_set(request: Any) -> ActionResult:
    region, name = region_of(request), request._get_param("ChangeSetName")
    check_name(name, "changeSetName")
    kind = request._get_param("ChangeSetType", "UPDATE")
    with region.lock:
        stack = _stack_for(region, request._get_param("StackName"), name, kind)
        if region.find_change_set(name, stack.name) is not None:
            raise AlreadyExistsError(f"ChangeSet [{name}] already exists")
        role = role_for(request, stack)
        with acting_in(role):
            asked = request_for(request, stack, role)
            changes = (
                lifecycle.check_changes(region, stack, asked)
                if kind == "UPDATE"
                else changes_of(stack, asked, lifecycle.check_names(region, stack, asked))
            )
        change_set = ChangeSet(
            name, region.new_change_set_id(name), stack, kind, asked, changes,
            description=request._get_param("Description"),
        )  # fmt: skip
        if kind == "UPDATE" and is_unchanged(stack, asked, changes):
            change_set.fail(NO_CHANGES)
        if stack.stack_id not in region.stacks:
            region.add(stack)
            stack.tell("REVIEW_IN_PROGRESS", "User Initiated")
        region.change_sets[change_set.change_set_id] = change_set
    return ActionResult({"Id": change_set.change_set_id, "StackId": stack.stack_id})


def _stack_for(region: Region, stack_name: str, name: str, kind: str) -> Stack:
    """The stack of a change set, new if need be. Raises ValidationError."""
    if kind not in ("CREATE", "UPDATE"):
        raise ValidationError(f"Local AWS has no change sets of the type {kind}.")
    stack = region.find(stack_name)
    if kind == "UPDATE":
        if stack is None:
            raise ValidationError(f"Stack [{stack_name}] does not exist")
        lifecycle.check_updatable(stack)
        return stack
    if stack is None:
        check_name(stack_name, "stackName")
        return region.new_stack(stack_name)
    if stack.status != "REVIEW_IN_PROGRESS":
        raise ValidationError(
            f"Stack [{stack_name}] already exists and cannot be created again with the changeSet "
            f"[{name}]."
        )
    return stack


def describe_change_set(request: Any) -> ActionResult:
    change_set = _asked(request)
    stack, asked = change_set.stack, change_set.request
    shown, token = page(change_set.changes, request._get_param("NextToken"))
    return ActionResult(
        {
            "ChangeSetName": change_set.name,
            "ChangeSetId": change_set.change_set_id,
            "StackId": stack.stack_id,
            "StackName": stack.name,
            "Description": change_set.description,
            "Parameters": asked.parameters.described(),
            "CreationTime": change_set.created,
            "ExecutionStatus": change_set.execution_status,
            "Status": change_set.status,
            "StatusReason": change_set.reason,
            "NotificationARNs": asked.notification_arns,
            "RollbackConfiguration": {},
            "Capabilities": asked.capabilities,
            "Tags": [{"Key": key, "Value": value} for key, value in asked.tags.items()],
            "Changes": [{"Type": "Resource", "ResourceChange": change} for change in shown],
            "IncludeNestedStacks": False,
            "NextToken": token,
        }
    )


def execute_change_set(request: Any) -> ActionResult:
    region = region_of(request)
    with region.lock:
        change_set = _asked(request)
        if change_set.execution_status != "AVAILABLE":
            raise InvalidChangeSetStatusError(
                f"ChangeSet [{change_set.change_set_id}] cannot be executed in its current status "
                f"of [{change_set.status}]"
            )
        stack, asked = change_set.stack, change_set.request
        if request._get_bool_param("DisableRollback", False):
            asked = replace(asked, on_failure="DO_NOTHING")
        with acting_in(asked.role_arn):
            if change_set.kind == "CREATE":
                lifecycle.create(region, stack, asked)
            else:
                lifecycle.check_updatable(stack)
                lifecycle.update(region, stack, asked)
        change_set.execution_status = "EXECUTE_COMPLETE"
        region.forget_change_sets(stack, but=change_set)
    return EmptyResult()


def delete_change_set(request: Any) -> ActionResult:
    """To delete what is not there succeeds, as on AWS."""
    region = region_of(request)
    found = region.find_change_set(
        request._get_param("ChangeSetName"), request._get_param("StackName")
    )
    if found is not None:
        del region.change_sets[found.change_set_id]
    return EmptyResult()


def list_change_sets(request: Any) -> ActionResult:
    region, name = region_of(request), request._get_param("StackName")
    stack = region.stack(name, words="Stack [{}] does not exist")
    summaries = [
        {
            "StackId": stack.stack_id,
            "StackName": stack.name,
            "ChangeSetId": each.change_set_id,
            "ChangeSetName": each.name,
            "ExecutionStatus": each.execution_status,
            "Status": each.status,
            "StatusReason": each.reason,
            "CreationTime": each.created,
            "Description": each.description,
        }
        for each in region.change_sets.values()
        if each.stack is stack
    ]
    shown, token = page(summaries, request._get_param("NextToken"))
    return ActionResult({"Summaries": shown, "NextToken": token})


def _asked(request: Any) -> ChangeSet:
    return region_of(request).change_set(
        request._get_param("ChangeSetName"), request._get_param("StackName")
    )
