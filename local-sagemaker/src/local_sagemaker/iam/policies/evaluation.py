"""What all policies together say of a request (IAM guide, "Policy evaluation logic")."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from local_sagemaker.iam.policies.document import Policy
from local_sagemaker.iam.policies.principals import Grant
from local_sagemaker.iam.policies.statement import Request, Statement


@dataclass(frozen=True)
class Policies:
    """Every policy that has a say.

    `boundary` and `session` are None where there is none. `resource` is the policy of what is
    asked for, which belongs to `resource_account` (empty: to the account of who asks).
    `resource_must_consent` is true of KMS keys and of roles to be taken on, which nobody may use
    whom their own policy does not name.
    """

    identity: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None
    resource: Policy | None = None
    resource_account: str = ""
    resource_must_consent: bool = False


@dataclass(frozen=True)
class Verdict:
    """`kind` is the kind of policy that denies: identity-based policy, permissions boundary, ..."""

    is_allowed: bool
    kind: str = ""
    is_explicit: bool = False

    def reason(self, action: str) -> str:
        """The end of AWS's sentence ("Troubleshoot access denied error messages")."""
        if self.is_explicit:
            article = "an" if self.kind.startswith("identity") else "a"
            return f"with an explicit deny in {article} {self.kind}"
        return f"because no {self.kind} allows the {action} action"


_ALLOWED = Verdict(True)
_IDENTITY = "identity-based policy"
_RESOURCE = "resource-based policy"
_BOUNDARY = "permissions boundary"
_SESSION = "session policy"


def evaluate(request: Request, policies: Policies) -> Verdict:
    """A Deny anywhere wins; then the policies must allow it that have to."""
    kinds = {
        _IDENTITY: policies.identity,
        _RESOURCE: _listed(policies.resource),
        _BOUNDARY: _listed(policies.boundary),
        _SESSION: policies.session or (),
    }
    for kind, of_kind in kinds.items():
        if any(not each.allows and each.grant(request) for each in _statements(of_kind)):
            return Verdict(False, kind, is_explicit=True)
    return _allowed(request, policies, _allow(request, kinds[_RESOURCE]))


def _allowed(request: Request, policies: Policies, grant: Grant) -> Verdict:
    """Of a request that nothing denies, and that the policy of the resource grants so."""
    is_foreign = policies.resource_account not in ("", request.principal.account)
    needs_consent = policies.resource_must_consent or is_foreign or request.principal.service
    if needs_consent and not grant:
        return Verdict(False, _RESOURCE)
    if is_foreign and not request.principal.service:
        grant = Grant.ACCOUNT  # both accounts have to allow it
    if grant == Grant.CALLER:
        return _ALLOWED
    if grant < Grant.ROLE and not _allow(request, policies.identity):
        return Verdict(False, _IDENTITY)
    if policies.boundary and not _allow(request, [policies.boundary]):
        return Verdict(False, _BOUNDARY)
    if policies.session is not None and not _allow(request, policies.session):
        return Verdict(False, _SESSION)
    return _ALLOWED


def _allow(request: Request, policies: Iterable[Policy]) -> Grant:
    """The closest grant; that to the caller itself is found without a look at the rest."""
    closest = Grant.NONE
    for statement in _statements(policies):
        if statement.allows and closest < Grant.CALLER:
            closest = max(closest, statement.grant(request))
    return closest


def _statements(policies: Iterable[Policy]) -> Iterable[Statement]:
    return (statement for policy in policies for statement in policy.statements)


def _listed(policy: Policy | None) -> tuple[Policy, ...]:
    return (policy,) if policy else ()
