"""Operators of conditions, with answers that the IAM guide tells."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.policies.evaluation import Policies, evaluate
from local_sagemaker.iam.policies.statement import Request

from tests.iam.asking import CALLER, allow, policy


def holds(operator: str, wanted: Any, *given: str, key: str = "aws:Key") -> bool:
    statement = allow(Condition={operator: {key: wanted}})
    context = {"aws:key": given, "aws:username": ("ann",)} if given else {"aws:username": ("ann",)}
    asked = Request(CALLER, "s3:GetObject", "*", context)
    return evaluate(asked, Policies(identity=(policy(statement),))).is_allowed


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "expected"),
    [
        ("StringEquals", "a", "a", True),
        ("StringEquals", ["b", "a"], "a", True),
        ("StringEquals", "A", "a", False),
        ("StringEquals", "a*", "ab", False),
        ("StringEquals", "a*", "a*", True),
        ("StringEquals", "${aws:username}", "ann", True),
        ("StringEqualsIgnoreCase", "A", "a", True),
        ("StringNotEquals", ["a", "b"], "b", False),
        ("StringNotEquals", ["a", "b"], "c", True),
        ("StringNotEqualsIgnoreCase", "A", "a", False),
        ("StringLike", "home/${aws:username}/*", "home/ann/x", True),
        ("StringLike", "a?c", "abc", True),
        ("StringNotLike", "a*", "abc", False),
        ("NumericEquals", 5, "5.0", True),
        ("NumericLessThanEquals", "10", "9", True),
        ("NumericGreaterThan", "10", "9", False),
        ("NumericLessThan", "10", "many", False),
        ("NumericNotEquals", "10", "9", True),
        ("DateGreaterThan", "2020-01-01T00:00:00Z", "2026-11-30T12:00:00Z", True),
        ("DateLessThan", "2020-01-01T00:00:00Z", "1577836799", True),
        ("DateLessThan", "2020-01-01", "2020-01-01T00:00:01Z", False),
        ("Bool", True, "true", True),
        ("Bool", "false", "true", False),
        ("BinaryEquals", "QmluYXJ5", "QmluYXJ5", True),
        ("IpAddress", "203.0.113.0/24", "203.0.113.9", True),
        ("IpAddress", "2001:db8::/32", "2001:db8::1", True),
        ("IpAddress", "203.0.113.0/24", "198.51.100.1", False),
        ("NotIpAddress", "203.0.113.0/24", "203.0.113.9", False),
        ("ArnLike", "arn:aws:events:*:*:rule/nightly", "arn:aws:events:x:1:rule/nightly", True),
        ("ArnEquals", "arn:aws:events:*:1:rule/*", "arn:aws:events:x:1:rule/nightly", True),
        ("ArnLike", "arn:aws:*:rule/nightly", "arn:aws:events:x:1:rule/nightly", False),
        ("ArnNotLike", "arn:aws:s3:::b*", "arn:aws:s3:::bucket", False),
        ("stringequals", "a", "a", True),
    ],
)
def test_operator(operator: str, wanted: Any, given: str, expected: bool) -> None:
    assert holds(operator, wanted, given) is expected


@pytest.mark.parametrize(
    ("operator", "wanted", "expected"),
    [
        ("StringEquals", "a", False),
        ("StringNotEquals", "a", True),
        ("StringEqualsIfExists", "a", True),
        ("ArnNotLike", "arn:aws:s3:::b*", True),
        ("NotIpAddress", "203.0.113.0/24", True),
        ("Bool", "false", False),
        ("BoolIfExists", "false", True),
        ("Null", "true", True),
        ("Null", False, False),
        ("ForAllValues:StringEquals", "a", True),
        ("ForAnyValue:StringEquals", "a", False),
        ("ForAnyValue:StringNotEquals", "a", False),
    ],
)
def test_key_that_the_request_lacks(operator: str, wanted: Any, expected: bool) -> None:
    assert holds(operator, wanted) is expected


@pytest.mark.parametrize(
    ("operator", "wanted", "given", "expected"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b"], True),
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "c"], False),
        ("ForAllValues:StringLike", "cost*", ["cost-a", "cost-b"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "b"], True),
        ("ForAnyValue:StringEquals", ["a", "b"], ["c", "d"], False),
        ("ForAllValues:StringNotEquals", ["a"], ["b", "a"], False),
        ("ForAnyValue:StringNotEquals", ["a"], ["b", "a"], True),
        ("StringNotEquals", ["a"], ["b", "a"], False),
        ("Null", "false", ["a", "b"], True),
    ],
)
def test_key_with_several_values(
    operator: str, wanted: Any, given: list[str], expected: bool
) -> None:
    assert holds(operator, wanted, *given) is expected


def test_every_key_and_every_operator_has_to_hold() -> None:
    both = {"StringEquals": {"aws:Key": "a", "aws:UserName": "bob"}}
    context = {"aws:key": ("a",), "aws:username": ("ann",)}
    asked = Request(CALLER, "s3:GetObject", "*", context)
    assert not evaluate(asked, Policies((policy(allow(Condition=both)),))).is_allowed


def test_keys_are_the_same_in_upper_and_lower_case() -> None:
    assert holds("StringEquals", "a", "a", key="AWS:KEY")
