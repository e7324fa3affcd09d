"""iam:SimulatePrincipalPolicy says what a role's policies allow."""

from __future__ import annotations

import json
from typing import Any

import pytest

TRUST = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "sagemaker.amazonaws.com"},
            "Action": "sts:AssumeRole",
        },
    }
)
STATEMENTS = [
    {"Effect": "Allow", "Action": ["s3:Get*", "s3:Put*"], "Resource": "*"},
    {"Effect": "Deny", "Action": "s3:PutObject", "Resource": "*"},
    {"Effect": "Allow", "NotAction": "s3:*", "Resource": "arn:aws:sqs:*:*:mine"},
    {
        "Effect": "Deny",
        "Action": "s3:GetObject",
        "Resource": "*",
        "Condition": {"Bool": {"aws:SecureTransport": "false"}},
    },
]


@pytest.fixture(scope="module")
def iam(local_aws: Any) -> Any:
    return local_aws.client("iam")


@pytest.fixture(scope="module")
def role(iam: Any) -> str:
    role = iam.create_role(RoleName="simulated", AssumeRolePolicyDocument=TRUST)["Role"]
    policy = json.dumps({"Version": "2012-10-17", "Statement": STATEMENTS})
    iam.put_role_policy(RoleName="simulated", PolicyName="inline", PolicyDocument=policy)
    return str(role["Arn"])


@pytest.mark.parametrize(
    ("action", "resource", "decision"),
    [
        ("s3:GetObject", "*", "allowed"),
        ("s3:getobject", "*", "allowed"),
        ("s3:PutObject", "*", "explicitDeny"),
        ("s3:DeleteObject", "*", "implicitDeny"),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:mine", "allowed"),
        ("sqs:SendMessage", "arn:aws:sqs:us-east-1:123456789012:other", "implicitDeny"),
        ("sqs:SendMessage", "*", "implicitDeny"),
    ],
)
def test_decision_follows_the_statements(
    iam: Any, role: str, action: str, resource: str, decision: str
) -> None:
    (result,) = iam.simulate_principal_policy(
        PolicySourceArn=role, ActionNames=[action], ResourceArns=[resource]
    )["EvaluationResults"]
    assert result["EvalDecision"] == decision
    assert (result["EvalActionName"], result["EvalResourceName"]) == (action, resource)


def test_policy_of_aws_can_be_attached_and_counts(iam: Any) -> None:
    arn = iam.create_role(RoleName="full-access", AssumeRolePolicyDocument=TRUST)["Role"]["Arn"]
    iam.attach_role_policy(
        RoleName="full-access", PolicyArn="arn:aws:iam::aws:policy/AmazonSageMakerFullAccess"
    )
    pages = iam.get_paginator("simulate_principal_policy").paginate(
        PolicySourceArn=arn, ActionNames=["sagemaker:CreateModel", "ec2:RunInstances"]
    )
    decisions = [r["EvalDecision"] for page in pages for r in page["EvaluationResults"]]
    assert decisions == ["allowed", "implicitDeny"]


def test_role_that_does_not_exist_is_no_such_entity(iam: Any) -> None:
    with pytest.raises(iam.exceptions.NoSuchEntityException):
        iam.simulate_principal_policy(
            PolicySourceArn="arn:aws:iam::123456789012:role/nobody", ActionNames=["s3:GetObject"]
        )
