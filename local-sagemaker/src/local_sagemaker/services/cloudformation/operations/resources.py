"""What the resources of stacks are."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult

from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.operations.asked import page, region_of
from local_sagemaker.services.cloudformation.stack import Member, Stack


def list_stack_resources(request: Any) -> ActionResult:
    stack = region_of(request).stack(request._get_param("StackName"))
    summaries = [
        _resource(member) | {"LastUpdatedTimestamp": member.changed}
        for member in stack.members.values()
    ]
    shown, token = page(summaries, request._get_param("NextToken"))
    return ActionResult({"StackResourceSummaries": shown, "NextToken": token})


def describe_stack_resources(request: Any) -> ActionResult:
    region, name = region_of(request), request._get_param("StackName")
    logical_id, physical_id = (
        request._get_param("LogicalResourceId"),
        request._get_param("PhysicalResourceId"),
    )
    if not name and not physical_id:
        raise ValidationError("StackName or PhysicalResourceId must be specified")
    there = [stack for stack in region.stacks.values() if not stack.is_deleted]
    stacks = [region.stack(name)] if name else there
    found = [
        _of_stack(stack, member) | {"Timestamp": member.changed}
        for stack in stacks
        for member in stack.members.values()
        if logical_id in (None, member.logical_id) and physical_id in (None, member.physical_id)
    ]
    if physical_id and not found:
        raise ValidationError(f"Stack for {physical_id} does not exist")
    return ActionResult({"StackResources": found})


def describe_stack_resource(request: Any) -> ActionResult:
    name, logical_id = request._get_param("StackName"), request._get_param("LogicalResourceId")
    stack = region_of(request).stack(name, words="Stack '{}' does not exist")
    member = stack.members.get(logical_id)
    if member is None:
        raise ValidationError(f"Resource {logical_id} does not exist for stack {stack.name}")
    detail = _of_stack(stack, member) | {"LastUpdatedTimestamp": member.changed, "Metadata": "{}"}
    return ActionResult({"StackResourceDetail": detail})


def _of_stack(stack: Stack, member: Member) -> dict[str, Any]:
    return {"StackId": stack.stack_id, "StackName": stack.name} | _resource(member)


def _resource(member: Member) -> dict[str, Any]:
    return {
        "LogicalResourceId": member.logical_id,
        "PhysicalResourceId": member.physical_id,
        "ResourceType": member.kind,
        "ResourceStatus": member.status,
        "ResourceStatusReason": member.reason,
        "DriftInformation": {"StackResourceDriftStatus": "NOT_CHECKED"},
    }
