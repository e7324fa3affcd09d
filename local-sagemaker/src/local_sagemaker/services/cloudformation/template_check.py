"""Refuses a template with a resource that would be skipped in silence."""

from __future__ import annotations

from typing import Any

from moto.cloudformation import parsing
from moto.cloudformation.exceptions import ValidationError

# Accepted and without any effect here: they describe the stack or wait for something outside it.
WITHOUT_EFFECT = frozenset(
    {
        "AWS::CDK::Metadata",
        "AWS::CloudFormation::WaitCondition",
        "AWS::CloudFormation::WaitConditionHandle",
    }
)

# moto would make them in a SageMaker of its own, which nobody here asks.
_OF_ANOTHER_SAGEMAKER = "AWS::SageMaker::"


def check_template(template: dict[str, Any]) -> None:
    """Raises ValidationError that names every such resource, as AWS does for an unknown type."""
    unknown = [
        f"{logical_id} ({resource['Type']})"
        for logical_id, resource in (template.get("Resources") or {}).items()
        if not _is_known(resource["Type"])
    ]
    if unknown:
        raise ValidationError(
            message="Template format error: Unrecognized resource types: "
            f"local AWS cannot make {', '.join(unknown)}"
        )


def _is_known(resource_type: str) -> bool:
    if resource_type in WITHOUT_EFFECT:
        return True
    if resource_type.startswith(_OF_ANOTHER_SAGEMAKER):
        return False
    return parsing.resource_class_from_type(resource_type) is not None
