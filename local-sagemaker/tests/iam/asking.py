"""Policies and requests of the tests, in few words."""

from __future__ import annotations

import json
from typing import Any

from local_sagemaker.iam.policies.document import Policy, read_policy
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request

ACCOUNT = "111122223333"
ROLE = f"arn:aws:iam::{ACCOUNT}:role/tuner"
SESSION = f"arn:aws:sts::{ACCOUNT}:assumed-role/tuner/nightly"
CALLER = Principal(ACCOUNT, SESSION, ROLE)


def policy(*statements: dict[str, Any], version: str = "2012-10-17") -> Policy:
    return read_policy(json.dumps({"Version": version, "Statement": list(statements)}))


def allow(action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


def deny(action: Any = "*", resource: Any = "*", **more: Any) -> dict[str, Any]:
    return allow(action, resource, **more) | {"Effect": "Deny"}


def request(
    action: str = "s3:GetObject",
    resource: str = "arn:aws:s3:::data/train.csv",
    principal: Principal = CALLER,
    **context: tuple[str, ...],
) -> Request:
    return Request(principal, action, resource, context)
