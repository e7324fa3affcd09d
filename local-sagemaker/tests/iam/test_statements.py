"""What a statement's actions, resources and variables speak of."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.policies.evaluation import Policies, evaluate
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.iam.policies.variables import Context

from tests.iam.asking import CALLER, allow, policy

OBJECT = "arn:aws:s3:::data/home/ann/train.csv"
FUNCTION = "arn:aws:lambda:eu-west-1:111122223333:function:plan:live"


def is_allowed(
    statement: dict[str, Any],
    action: str = "s3:GetObject",
    resource: str = OBJECT,
    context: Context | None = None,
    version: str = "2012-10-17",
) -> bool:
    policies = Policies(identity=(policy(statement, version=version),))
    return evaluate(Request(CALLER, action, resource, context or {}), policies).is_allowed


@pytest.mark.parametrize(
    ("written", "action", "expected"),
    [
        ("s3:GetObject", "s3:GetObject", True),
        ("S3:getobject", "s3:GetObject", True),
        ("s3:Get*", "s3:GetObjectTagging", True),
        ("s3:Get?bject", "s3:GetObject", True),
        ("s3:GetObject", "s3:GetObjectVersion", False),
        ("*", "sagemaker:CreateModel", True),
        (["sqs:*", "s3:*"], "s3:GetObject", True),
        ([], "s3:GetObject", False),
    ],
)
def test_actions(written: Any, action: str, expected: bool) -> None:
    assert is_allowed(allow(written), action) is expected


@pytest.mark.parametrize(
    ("written", "resource", "expected"),
    [
        ("*", "*", True),
        ("arn:aws:s3:::data/*", "*", False),
        ("arn:aws:s3:::data/*", OBJECT, True),
        ("arn:aws:s3:::data", OBJECT, False),
        ("arn:aws:s3:::data*", OBJECT, True),
        ("arn:aws:s3:::DATA/*", OBJECT, False),
        ("arn:aws:s3:::dat?/home/*/train.csv", OBJECT, True),
        ("arn:*:s3:*:*:data/*", OBJECT, True),
        ("arn:aws:s3", OBJECT, True),
        ("arn:aws:lambda:*:function:plan:live", FUNCTION, False),
        ("arn:aws:lambda:*:*:function:plan:*", FUNCTION, True),
        ("arn:aws:lambda:*:*:function:plan", FUNCTION, False),
        ("arn:aws-cn:s3:::data/*", OBJECT, False),
    ],
)
def test_resources_are_compared_segment_by_segment(
    written: Any, resource: str, expected: bool
) -> None:
    assert is_allowed(allow(resource=written), resource=resource) is expected


def test_what_is_not_named_is_meant_by_the_negated_elements() -> None:
    statement = {"Effect": "Allow", "NotAction": "iam:*", "NotResource": "arn:aws:s3:::secret/*"}
    assert is_allowed(statement)
    assert not is_allowed(statement, "iam:PassRole")
    assert not is_allowed(statement, resource="arn:aws:s3:::secret/key")


@pytest.mark.parametrize(
    ("path", "context", "expected"),
    [
        ("home/${aws:username}/*", {"aws:username": ("ann",)}, True),
        ("home/${aws:UserName}/*", {"aws:username": ("bob",)}, False),
        ("home/${aws:PrincipalTag/who}/*", {"aws:principaltag/who": ("ann",)}, True),
        ("home/${aws:username}/*", {}, False),
        ("home/${aws:username, 'ann'}/*", {}, True),
        ("home/${aws:username, 'bob'}/*", {}, False),
        ("home/${aws:username}/*", {"aws:username": ("*",)}, False),
        ("home/${aws:username}/*", {"aws:username": ("ann", "bob")}, False),
        ("home/${*}/*", {}, False),
    ],
)
def test_variables(path: str, context: dict[str, tuple[str, ...]], expected: bool) -> None:
    assert is_allowed(allow(resource=f"arn:aws:s3:::data/{path}"), context=context) is expected


def test_wildcard_as_a_character_is_the_character() -> None:
    statement = allow(resource="arn:aws:s3:::data/a${*}b${?}${$}")
    assert is_allowed(statement, resource="arn:aws:s3:::data/a*b?$")
    assert not is_allowed(statement, resource="arn:aws:s3:::data/axb?$")


def test_earlier_version_knows_no_variables() -> None:
    statement = allow(resource="arn:aws:s3:::data/${aws:username}")
    context = {"aws:username": ("ann",)}
    ann, written = "arn:aws:s3:::data/ann", "arn:aws:s3:::data/${aws:username}"
    assert is_allowed(statement, resource=ann, context=context)
    assert not is_allowed(statement, resource=ann, context=context, version="2008-10-17")
    assert is_allowed(statement, resource=written, context=context, version="2008-10-17")
