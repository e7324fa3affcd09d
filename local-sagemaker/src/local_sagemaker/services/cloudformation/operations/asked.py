"""What several calls ask for alike: template, parameters, tags, topics, capabilities."""

from __future__ import annotations

import re
from typing import Any

from local_sagemaker.services.cloudformation.errors import ValidationError, constraint_error
from local_sagemaker.services.cloudformation.lifecycle import request_of
from local_sagemaker.services.cloudformation.notification import check_topics
from local_sagemaker.services.cloudformation.stack import Request, Stack
from local_sagemaker.services.cloudformation.stacks import REGIONS, Region
from local_sagemaker.services.cloudformation.template_location import template_at
from local_sagemaker.services.role_trust import keeps_out

_NAME = r"[a-zA-Z][-a-zA-Z0-9]*"
_LONGEST_NAME, _MOST_TAGS, _PAGE = 128, 50, 100


def region_of(request: Any) -> Region:
    return REGIONS[request.region]


def check_name(name: str, member: str) -> None:
    """Of a stack or a change set. Raises ValidationError."""
    if not re.fullmatch(_NAME, name):
        raise constraint_error(name, member, f"satisfy regular expression pattern: {_NAME}")
    if len(name) > _LONGEST_NAME:
        rule = f"have length less than or equal to {_LONGEST_NAME}"
        raise constraint_error(name, member, rule)


def request_for(request: Any, stack: Stack, role: str | None) -> Request:
    """What is asked for a stack, checked. What an update leaves out stays as it was."""
    topics = request._get_param("NotificationARNs")
    check_topics(topics or [])
    before = stack.request
    return request_of(
        _template_text(request, stack),
        request._get_param("Parameters") or [],
        stack,
        tags=_tags(request) or (before.tags if before else {}),
        notification_arns=topics or (before.notification_arns if before else []),
        capabilities=request._get_param("Capabilities") or [],
        role_arn=role,
        on_failure=_on_failure(request),
    )


def role_for(request: Any, stack: Stack) -> str | None:
    """The role that is asked for, or the stack's. Raises ValidationError (recorded)."""
    before = stack.request
    arn: str | None = request._get_param("RoleARN") or (before.role_arn if before else None)
    if arn and keeps_out("cloudformation", arn):
        raise ValidationError(f"Role {arn} is invalid or cannot be assumed")
    return arn


def _template_text(request: Any, stack: Stack) -> str:
    body, url = request._get_param("TemplateBody"), request._get_param("TemplateURL")
    if not request._get_bool_param("UsePreviousTemplate", False):
        return template_at(body, url, request.region)
    if body or url:
        raise ValidationError(
            "You cannot specify both usePreviousTemplate and Template Body/Template URL."
        )
    if stack.request is None:
        raise ValidationError(f"There is no previous template of stack {stack.name}.")
    return stack.request.text


def _tags(request: Any) -> dict[str, str]:
    tags = {tag["Key"]: tag["Value"] for tag in request._get_param("Tags") or []}
    if len(tags) > _MOST_TAGS:
        raise constraint_error("tags", "tags", f"have length less than or equal to {_MOST_TAGS}")
    reserved = [key for key in tags if key.startswith("aws:")]
    if reserved:
        raise ValidationError(
            f"{reserved[0]}: Tag keys that start with aws: are reserved for system use."
        )
    return tags


def _on_failure(request: Any) -> str:
    """Under its three names: of CreateStack, of change sets, and the older switch."""
    chosen = request._get_param("OnFailure") or request._get_param("OnStackFailure")
    switched_off = request._get_bool_param("DisableRollback", False)
    if chosen and switched_off:
        raise ValidationError("You can specify either DisableRollback or OnFailure, but not both.")
    return "DO_NOTHING" if switched_off else chosen or "ROLLBACK"


def page(items: list[Any], token: str | None) -> tuple[list[Any], str | None]:
    """A part of a list, and the token of the next. Raises ValidationError."""
    if token is not None and not token.isdigit():
        raise ValidationError("NextToken is invalid")
    start = int(token or 0)
    end = start + _PAGE
    return items[start:end], str(end) if end < len(items) else None
