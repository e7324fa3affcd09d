"""How the tests ask what a call needs, and write what it should be."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from local_sagemaker.iam.needs import needs_of

REGION = "eu-west-1"
ACCOUNT = "123456789012"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/tuning/trainer"


def permissions(service: str, operation: str, /, **parameters: Any) -> list[str]:
    """Each need as a line, "s3:GetObject arn:aws:s3:::data/a.csv"; this account's ARNs shortened.

    arn:aws:states:eu-west-1:123456789012:stateMachine:shop is written states stateMachine:shop.
    """
    needs = needs_of(service, operation, parameters, REGION, ACCOUNT)
    return [f"{need.action} {_short(need.resource)}" for need in needs]


def context(service: str, operation: str, /, **parameters: Any) -> Mapping[str, tuple[str, ...]]:
    """The condition keys of the call's first need."""
    return needs_of(service, operation, parameters, REGION, ACCOUNT)[0].context


def arn(service: str, resource: str) -> str:
    return f"arn:aws:{service}:{REGION}:{ACCOUNT}:{resource}"


def _short(resource: str) -> str:
    parts = resource.split(":", 5)
    own = parts[:2] == ["arn", "aws"] and parts[3:5] == [REGION, ACCOUNT]
    return f"{parts[2]} {parts[5]}" if own else resource
