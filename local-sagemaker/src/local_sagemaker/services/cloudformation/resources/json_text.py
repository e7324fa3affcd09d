"""Properties that are JSON, which a template may write as an object or as its text."""

from __future__ import annotations

import json
from typing import Any

_OBJECTS = (
    "AssumeRolePolicyDocument",
    "EventPattern",
    "FilterPolicy",
    "KeyPolicy",
    "PolicyDocument",
    "RedriveAllowPolicy",
    "RedrivePolicy",
    "RepositoryPolicyText",
    "ResourcePolicy",
)


def as_object(value: Any) -> Any:
    """The object that a text is; what is no JSON stays, for its service to refuse."""
    if not isinstance(value, str):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value


def as_text(value: Any) -> str:
    """The text of an object; a text stays as it is written."""
    return value if isinstance(value, str) else json.dumps(value)


def as_inline_policy(value: Any) -> str:
    """The text of a policy inside a role, user or group.

    IAM takes such a policy without a Version (SAM writes them so), moto's does not.
    """
    policy = as_object(value)
    is_unversioned = isinstance(policy, dict) and "Version" not in policy
    return as_text({"Version": "2012-10-17"} | policy if is_unversioned else value)


def with_objects(value: Any, name: str = "") -> Any:
    """A resource's properties with objects wherever they are JSON."""
    if name in _OBJECTS:
        return as_object(value)
    if isinstance(value, dict):
        return {key: with_objects(member, key) for key, member in value.items()}
    return [with_objects(item) for item in value] if isinstance(value, list) else value
