"""What is no policy, in IAM's words."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from local_sagemaker.iam.policies.checks import check_identity_policy, check_trust_policy
from local_sagemaker.iam.policies.document import MalformedPolicy, read_policy

GOOD: dict[str, Any] = {"Effect": "Allow", "Action": "*", "Resource": "*"}


def written(version: str = "2012-10-17", **statement: Any) -> str:
    return json.dumps({"Version": version, "Statement": GOOD | statement})


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Syntax errors in policy."),
        ("[]", "Syntax errors in policy."),
        ("[" * 100_000, "Syntax errors in policy."),
        ('{"Version": "2012-10-17"}', "Syntax errors in policy."),
        (written("2012-10-18"), "The policy must contain a valid version string"),
        (written(Effect="allow"), "Syntax errors in policy."),
        (written(NotAction="s3:*"), "Syntax errors in policy."),
        (written(Condition="true"), "Syntax errors in policy."),
        (
            written(Condition={"StringMatches": {"aws:Key": "a"}}),
            "Invalid Condition type : StringMatches.",
        ),
        (
            written(Condition={"NullIfExists": {"aws:Key": "true"}}),
            "Invalid Condition type : NullIfExists.",
        ),
        ('{"Statement": {"Effect": "Deny"}}', "Policy statement must contain actions."),
        (written(Principal="ann"), "Invalid principal in policy"),
    ],
    ids=range(12),
)
def test_malformed_policy_is_refused(text: str, words: str) -> None:
    with pytest.raises(MalformedPolicy) as refused:
        read_policy(text)
    assert str(refused.value) == words


@pytest.mark.parametrize(
    ("check", "more", "words"),
    [
        (check_identity_policy, {"Principal": "*"}, "Policy document should not specify a"),
        (check_identity_policy, {"Resource": None}, "Policy statement must contain resources."),
        (check_trust_policy, {"Principal": "*"}, "Has prohibited field Resource"),
        (check_trust_policy, {"Resource": None}, "Missing required field Principal"),
    ],
    ids=["of nobody", "of nothing", "of something", "for nobody"],
)
def test_kinds_of_policies_have_elements_of_their_own(
    check: Callable[[str], None], more: dict[str, Any], words: str
) -> None:
    statement = {key: value for key, value in (GOOD | more).items() if value is not None}
    with pytest.raises(MalformedPolicy, match=words):
        check(json.dumps({"Version": "2012-10-17", "Statement": statement}))


def test_document_is_read_once() -> None:
    assert read_policy(written()) is read_policy(written())
