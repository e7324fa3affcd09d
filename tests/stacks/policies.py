"""Reads the IAM policies of a synthesized template."""

from typing import Any


def statements(resources: dict[str, Any], role: str) -> list[dict[str, Any]]:
    """All policy statements attached to the role whose logical id starts with `role`."""
    return [
        statement
        for resource in resources.values()
        if resource["Type"] == "AWS::IAM::ManagedPolicy"
        and any(r["Ref"].startswith(role) for r in resource["Properties"]["Roles"])
        for statement in resource["Properties"]["PolicyDocument"]["Statement"]
    ]


def as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def actions(resources: dict[str, Any], role: str) -> set[str]:
    return {a for s in statements(resources, role) for a in as_list(s["Action"])}
