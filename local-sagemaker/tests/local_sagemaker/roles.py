"""Roles that services may take on, for tests of a server with IAM."""

from __future__ import annotations

import json
from contextlib import suppress
from typing import Any

_SERVICES = ("events", "lambda", "sagemaker", "scheduler", "states")
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": [f"{service}.amazonaws.com" for service in _SERVICES]},
            "Action": "sts:AssumeRole",
        }
    ],
}


EVERYTHING = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Action": "*", "Resource": "*"}],
}


def make_role(iam: Any, arn: str) -> None:
    """Make the role of this ARN, which may do everything, unless it is there."""
    name = arn.rpartition("/")[2]
    with suppress(iam.exceptions.EntityAlreadyExistsException):
        iam.create_role(RoleName=name, AssumeRolePolicyDocument=json.dumps(TRUST))
    iam.put_role_policy(
        RoleName=name, PolicyName="everything", PolicyDocument=json.dumps(EVERYTHING)
    )


def services_may(action: str) -> str:
    """The policy of a queue or a topic that lets services of AWS in, which have no role."""
    services = [f"{service}.amazonaws.com" for service in ("events", "s3", "sns")]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": services},
        "Action": action,
        "Resource": "*",
    }
    return json.dumps({"Version": "2012-10-17", "Statement": [statement]})
