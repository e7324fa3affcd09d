"""What a caller must acknowledge before a template of its kind is carried out.

Source: the parameter Capabilities of CreateStack and CreateChangeSet.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from local_sagemaker.services.cloudformation.errors import InsufficientCapabilitiesError

_NAMED_BY = {
    "AWS::IAM::AccessKey": None,
    "AWS::IAM::Group": "GroupName",
    "AWS::IAM::InstanceProfile": "InstanceProfileName",
    "AWS::IAM::ManagedPolicy": "ManagedPolicyName",
    "AWS::IAM::Policy": None,
    "AWS::IAM::Role": "RoleName",
    "AWS::IAM::RolePolicy": None,
    "AWS::IAM::User": "UserName",
    "AWS::IAM::UserToGroupAddition": None,
}


def check_capabilities(template: dict[str, Any], given: Collection[str]) -> None:
    """Raises InsufficientCapabilitiesError; `template` is without macros."""
    needed = needed_capabilities(template)
    if "CAPABILITY_NAMED_IAM" in given or (needed and needed <= set(given)):
        return
    if needed:
        raise InsufficientCapabilitiesError(f"Requires capabilities : [{', '.join(needed)}]")


def check_expansion(template: dict[str, Any], given: Collection[str]) -> None:
    """Of a macro that is expanded without a change set that somebody looks at."""
    if template.get("Transform") and "CAPABILITY_AUTO_EXPAND" not in given:
        raise InsufficientCapabilitiesError("Requires capabilities : [CAPABILITY_AUTO_EXPAND]")


def needed_capabilities(template: dict[str, Any]) -> set[str]:
    """CAPABILITY_NAMED_IAM, CAPABILITY_IAM or nothing."""
    of_iam = [each for each in template["Resources"].values() if each["Type"] in _NAMED_BY]
    named = [
        each
        for each in of_iam
        if (_NAMED_BY[each["Type"]] or "nothing") in each.get("Properties", {})
    ]
    if named:
        return {"CAPABILITY_NAMED_IAM"}
    return {"CAPABILITY_IAM"} if of_iam else set()
