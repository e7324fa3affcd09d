"""Which kinds of policies have to allow, and which deny ("Policy evaluation logic")."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.policies.evaluation import Policies, Verdict, evaluate
from local_sagemaker.iam.policies.principals import Principal

from tests.iam.asking import ACCOUNT, ROLE, SESSION, allow, deny, policy, request

ALL = policy(allow())
NOTHING = policy(allow("sqs:*"))
ROOT = f"arn:aws:iam::{ACCOUNT}:root"
USER = f"arn:aws:iam::{ACCOUNT}:user/ann"


def shared_with(principal: Any, effect: str = "Allow", element: str = "Principal") -> Any:
    return policy({"Effect": effect, element: principal, "Action": "*", "Resource": "*"})


def of(**policies: Any) -> Verdict:
    return evaluate(request(), Policies(**policies))


def words(verdict: Verdict) -> str:
    return "" if verdict.is_allowed else verdict.reason("s3:GetObject")


def test_nothing_is_allowed_that_no_policy_allows() -> None:
    expected = "because no identity-based policy allows the s3:GetObject action"
    assert words(of(identity=(NOTHING,))) == expected


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("identity", "an explicit deny in an identity-based policy"),
        ("boundary", "an explicit deny in a permissions boundary"),
        ("session", "an explicit deny in a session policy"),
        ("resource", "an explicit deny in a resource-based policy"),
    ],
)
def test_a_deny_wins_wherever_it_stands(kind: str, name: str) -> None:
    statements = [allow(), deny("s3:Get*")]
    if kind == "resource":
        statements = [each | {"Principal": "*"} for each in statements]
    one = policy(*statements)
    everything: dict[str, Any] = {"identity": (ALL,), "boundary": ALL, "session": (ALL,)}
    everything[kind] = (one,) if kind in ("identity", "session") else one
    assert words(of(**everything)) == f"with {name}"


def test_boundary_and_session_policy_have_to_allow_too() -> None:
    limited = of(identity=(ALL,), boundary=NOTHING)
    assert words(limited) == "because no permissions boundary allows the s3:GetObject action"
    limited = of(identity=(ALL,), session=(NOTHING,))
    assert words(limited) == "because no session policy allows the s3:GetObject action"
    assert of(identity=(ALL,), boundary=ALL, session=(ALL,)).is_allowed
    assert not of(boundary=ALL, session=(ALL,)).is_allowed


@pytest.mark.parametrize(
    ("principal", "more", "expected"),
    [
        ({"AWS": ROLE}, {}, True),
        ({"AWS": ROLE}, {"boundary": NOTHING}, False),
        ({"AWS": ROLE}, {"session": (NOTHING,)}, False),
        ({"AWS": SESSION}, {"boundary": NOTHING, "session": (NOTHING,)}, True),
        ("*", {"boundary": NOTHING}, True),
        ({"AWS": ACCOUNT}, {}, False),
        ({"AWS": ROOT}, {"identity": (ALL,)}, True),
        ({"AWS": f"{ROLE}-of-others"}, {}, False),
        ({"Service": "events.amazonaws.com"}, {}, False),
    ],
)
def test_policy_of_a_resource_of_the_account_may_be_enough(
    principal: Any, more: dict[str, Any], expected: bool
) -> None:
    assert of(resource=shared_with(principal), **more).is_allowed is expected


def test_user_whom_a_resource_names_is_not_limited_by_the_boundary() -> None:
    policies = Policies(resource=shared_with({"AWS": USER}), boundary=NOTHING)
    assert evaluate(request(principal=Principal(ACCOUNT, USER)), policies).is_allowed


@pytest.mark.parametrize(
    ("principal", "identity", "expected"),
    [
        ({"AWS": ROOT}, (ALL,), True),
        ({"AWS": ROOT}, (), False),
        ({"AWS": ROLE}, (), True),
        ({"AWS": "arn:aws:iam::444455556666:root"}, (ALL,), False),
    ],
    ids=["account and role", "account alone", "role alone", "another account"],
)
def test_key_or_role_has_to_consent_itself(principal: Any, identity: Any, expected: bool) -> None:
    verdict = of(identity=identity, resource=shared_with(principal), resource_must_consent=True)
    assert verdict.is_allowed is expected


@pytest.mark.parametrize(
    ("principal", "identity", "expected"),
    [
        ({"AWS": ROLE}, (ALL,), True),
        ({"AWS": ROLE}, (), False),
        ("*", (), False),
        ({"AWS": ACCOUNT}, (ALL,), True),
        ({"AWS": "444455556666"}, (ALL,), False),
    ],
)
def test_both_accounts_have_to_allow_what_crosses_them(
    principal: Any, identity: Any, expected: bool
) -> None:
    resource = shared_with(principal)
    verdict = of(identity=identity, resource=resource, resource_account="444455556666")
    assert verdict.is_allowed is expected


@pytest.mark.parametrize(
    ("listed", "expected"),
    [([SESSION, ROLE, ROOT], True), ([ROLE, ROOT], False), ([ROLE], False)],
)
def test_deny_to_all_others_spares_a_session_only_with_role_and_account(
    listed: list[str], expected: bool
) -> None:
    but_for = shared_with({"AWS": listed}, "Deny", "NotPrincipal")
    assert of(identity=(ALL,), resource=but_for).is_allowed is expected


def test_service_needs_the_policy_of_the_resource() -> None:
    events = Principal(ACCOUNT, service="events.amazonaws.com")
    for name, expected in (("events", True), ("sns", False)):
        resource = shared_with({"Service": f"{name}.amazonaws.com"})
        verdict = evaluate(request(principal=events), Policies(resource=resource))
        assert verdict.is_allowed is expected
    assert not evaluate(request(principal=events), Policies()).is_allowed
