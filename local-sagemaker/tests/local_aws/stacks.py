"""Stacks of tests: made and changed, and waited for as every client does."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

SECONDS = 60


def new_name(prefix: str = "stack") -> str:
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def body(template: dict[str, Any] | str) -> str:
    return template if isinstance(template, str) else json.dumps(template)


def create(local_aws: LocalAws, name: str, template: Any, **more: Any) -> dict[str, Any]:
    """The stack as it ends."""
    formation = local_aws.client("cloudformation")
    formation.create_stack(StackName=name, TemplateBody=body(template), **more)
    return ended(local_aws, name)


def update(local_aws: LocalAws, name: str, template: Any, **more: Any) -> dict[str, Any]:
    """The stack as it ends."""
    formation = local_aws.client("cloudformation")
    formation.update_stack(StackName=name, TemplateBody=body(template), **more)
    return ended(local_aws, name)


def delete(local_aws: LocalAws, name: str) -> dict[str, Any]:
    """The stack as it ends: DELETE_COMPLETE, or DELETE_FAILED."""
    formation = local_aws.client("cloudformation")
    identity = formation.describe_stacks(StackName=name)["Stacks"][0]["StackId"]
    formation.delete_stack(StackName=name)
    return ended(local_aws, identity)


def ended(local_aws: LocalAws, name: str) -> dict[str, Any]:
    """Once nothing is in progress any more."""
    deadline = time.monotonic() + SECONDS
    while time.monotonic() < deadline:
        (stack,) = local_aws.client("cloudformation").describe_stacks(StackName=name)["Stacks"]
        if not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return dict(stack)
        time.sleep(0.05)
    raise AssertionError(f"{name} is still {stack['StackStatus']}")


def outputs(stack: dict[str, Any]) -> dict[str, str]:
    return {each["OutputKey"]: each["OutputValue"] for each in stack.get("Outputs", [])}


def reason(local_aws: LocalAws, name: str, logical_id: str) -> str:
    """Why a resource failed, as its events tell it."""
    events = local_aws.client("cloudformation").describe_stack_events(StackName=name)["StackEvents"]
    return next(
        str(event["ResourceStatusReason"])
        for event in events
        if event["LogicalResourceId"] == logical_id and event["ResourceStatus"].endswith("FAILED")
    )
