"""Members of which a request must have one, as AWS's documentation says and its API does not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TEMPLATES = ("TemplateBody", "TemplateURL")
_ONE_OF = {
    "CreateChangeSet": (*_TEMPLATES, "UsePreviousTemplate"),
    "CreateStack": _TEMPLATES,
    "CreateStackSet": (*_TEMPLATES, "StackId"),
    "GetTemplateSummary": (*_TEMPLATES, "StackName", "StackSetName"),
    "ListExecutions": ("stateMachineArn", "mapRunArn"),
    "Publish": ("TopicArn", "TargetArn", "PhoneNumber"),
    "UpdateStack": (*_TEMPLATES, "UsePreviousTemplate"),
    "UpdateStackSet": (*_TEMPLATES, "UsePreviousTemplate"),
    "ValidateTemplate": _TEMPLATES,
    "StartQuery": ("logGroupName", "logGroupNames", "logGroupIdentifiers"),
}


def alternatives_fault(operation: str, given: Mapping[str, Any]) -> str:
    """Empty for a request that has one of them, or that needs none."""
    names = _ONE_OF.get(operation, ())
    if not names or any(given.get(name) for name in names):
        return ""
    return f"Missing required parameter in input: one of {', '.join(names)}"
