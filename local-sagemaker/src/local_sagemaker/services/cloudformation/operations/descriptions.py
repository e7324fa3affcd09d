"""What stacks, their events, exports and policies are."""

from __future__ import annotations

from typing import Any

from moto.core.responses import ActionResult, EmptyResult

from local_sagemaker.services.cloudformation import lifecycle
from local_sagemaker.services.cloudformation.errors import ValidationError
from local_sagemaker.services.cloudformation.imports import stacks_that_import
from local_sagemaker.services.cloudformation.operations.asked import page, region_of
from local_sagemaker.services.cloudformation.stack import Stack

_SETTLING_SECONDS = 4.0  # for which a look at a stack waits


def describe_stacks(request: Any) -> ActionResult:
    """Of a stack that is being worked on, its end, if that is near.

    Who polls asks again after 5 seconds (the CDK) or 30 (botocore's waiters), which is longer than
    most stacks take here.
    """
    region, name = region_of(request), request._get_param("StackName")
    if name:
        lifecycle.wait_until_settled(region.stack(name), _SETTLING_SECONDS)
    there = [stack for stack in region.stacks.values() if not stack.is_deleted]
    stacks = [region.stack(name)] if name else there
    shown, token = page([_described(stack) for stack in stacks], request._get_param("NextToken"))
    return ActionResult({"Stacks": shown, "NextToken": token})


def _described(stack: Stack) -> dict[str, Any]:
    asked = stack.request
    outputs = [
        {
            "OutputKey": output.key,
            "OutputValue": output.value,
            "Description": output.description,
            "ExportName": output.export,
        }
        for output in stack.outputs
    ]
    return {
        "StackId": stack.stack_id,
        "StackName": stack.name,
        "Description": asked.template.get("Description") if asked else None,
        "Parameters": asked.parameters.described() if asked else [],
        "CreationTime": stack.created,
        "LastUpdatedTime": stack.updated,
        "DeletionTime": stack.deleted,
        "RollbackConfiguration": {},
        "StackStatus": stack.status,
        "StackStatusReason": stack.reason if stack.reason != "User Initiated" else None,
        "DisableRollback": stack.disable_rollback,
        "NotificationARNs": stack.notification_arns,
        "TimeoutInMinutes": stack.timeout_in_minutes,
        "Capabilities": asked.capabilities if asked else [],
        "Outputs": outputs,
        "RoleARN": asked.role_arn if asked else None,
        "Tags": [{"Key": k, "Value": v} for k, v in (asked.tags if asked else {}).items()],
        "EnableTerminationProtection": stack.termination_protection,
        "ParentId": stack.parent_id,
        "RootId": stack.root_id,
        "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
    }


def list_stacks(request: Any) -> ActionResult:
    statuses = request._get_param("StackStatusFilter") or []
    summaries = [
        {
            "StackId": stack.stack_id,
            "StackName": stack.name,
            "TemplateDescription": described.get("Description"),
            "CreationTime": stack.created,
            "LastUpdatedTime": stack.updated,
            "DeletionTime": stack.deleted,
            "StackStatus": stack.status,
            "StackStatusReason": described.get("StackStatusReason"),
            "ParentId": stack.parent_id,
            "RootId": stack.root_id,
            "DriftInformation": {"StackDriftStatus": "NOT_CHECKED"},
        }
        for stack in region_of(request).stacks.values()
        if not statuses or stack.status in statuses
        for described in [_described(stack)]
    ]
    shown, token = page(summaries, request._get_param("NextToken"))
    return ActionResult({"StackSummaries": shown, "NextToken": token})


def describe_stack_events(request: Any) -> ActionResult:
    stack = region_of(request).stack(
        request._get_param("StackName"), words="Stack [{}] does not exist"
    )
    shown, token = page(stack.events[::-1], request._get_param("NextToken"))
    return ActionResult({"StackEvents": shown, "NextToken": token})


def list_exports(request: Any) -> ActionResult:
    exports = [
        {"ExportingStackId": stack.stack_id, "Name": name, "Value": value}
        for name, (value, stack) in sorted(region_of(request).exports().items())
    ]
    shown, token = page(exports, request._get_param("NextToken"))
    return ActionResult({"Exports": shown, "NextToken": token})


def list_imports(request: Any) -> ActionResult:
    export = request._get_param("ExportName")
    found = stacks_that_import(region_of(request), export)
    if not found:
        raise ValidationError(f"Export '{export}' is not imported by any stack.")
    return ActionResult({"Imports": found})


def get_stack_policy(request: Any) -> ActionResult:
    stack = region_of(request).stack(
        request._get_param("StackName"), words="Stack: {} does not exist"
    )
    return ActionResult({"StackPolicyBody": stack.policy})


def set_stack_policy(request: Any) -> ActionResult:
    """Kept; local AWS enforces no policies."""
    if request._get_param("StackPolicyURL"):
        raise ValidationError("Local AWS takes stack policies as StackPolicyBody only.")
    stack = region_of(request).stack(
        request._get_param("StackName"), words="Stack: {} does not exist"
    )
    stack.policy = request._get_param("StackPolicyBody")
    return EmptyResult()
