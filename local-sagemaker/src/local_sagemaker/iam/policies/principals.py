"""Who asks, and the Principal elements that name them ("IAM JSON policy elements: Principal")."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum

_ACCOUNT = re.compile(r"\d{12}|arn:[\w-]+:iam::(\d{12}):root")


class Grant(IntEnum):
    """How closely a policy of a resource names who asks; the closer, the less is asked besides."""

    NONE = 0
    ACCOUNT = 1
    """The account, which leaves it to its own policies."""
    ROLE = 2
    """The role of a session, whose boundary and session policy still count."""
    CALLER = 3
    """The user, the session or the service itself, or everybody."""


@dataclass(frozen=True)
class Principal:
    """A user or a session (`arn`), with the `role_arn` of a session; or a service of AWS.

    `service` is a name such as events.amazonaws.com, which acts in `region` (empty: in any).
    `account` is the account that it acts for.
    """

    account: str
    arn: str = ""
    role_arn: str = ""
    service: str = ""
    region: str = ""

    @property
    def issuer(self) -> str:
        """aws:PrincipalArn: of a session that of its role."""
        return self.role_arn or self.arn


@dataclass(frozen=True)
class Principals:
    """A Principal element, or a NotPrincipal; `everybody` is an asterisk."""

    everybody: bool = False
    aws: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    negated: bool = False

    def grant_to(self, principal: Principal) -> Grant:
        """How a statement with this element names the principal."""
        if self.negated:
            return Grant.NONE if self._names_all_of(principal) else Grant.CALLER
        if self.everybody:
            return Grant.CALLER
        if principal.service:
            return Grant.CALLER if _is_service(principal, self.services) else Grant.NONE
        return max((_grant(name, principal) for name in self.aws), default=Grant.NONE)

    def _names_all_of(self, principal: Principal) -> bool:
        """NotPrincipal leaves a session out only with its role and its account, as IAM says."""
        if principal.service:
            return _is_service(principal, self.services)
        found = {_grant(name, principal) for name in self.aws}
        wanted = {Grant.ACCOUNT, Grant.CALLER} | ({Grant.ROLE} if principal.role_arn else set())
        return self.everybody or wanted <= found


def _grant(name: str, principal: Principal) -> Grant:
    account = _ACCOUNT.fullmatch(name)
    if account:
        return Grant.ACCOUNT if (account.group(1) or name) == principal.account else Grant.NONE
    if name in ("*", principal.arn):
        return Grant.CALLER
    return Grant.ROLE if principal.role_arn and name == principal.role_arn else Grant.NONE


def _is_service(principal: Principal, names: tuple[str, ...]) -> bool:
    """Of some services a region's own name is as good: states.us-east-1.amazonaws.com."""
    name, _, domain = principal.service.partition(".")
    region = re.escape(principal.region) or r"[a-z]+(-[a-z]+)+-\d"
    regional = re.compile(rf"{re.escape(name)}(\.{region})?\.{re.escape(domain)}(\.cn)?")
    return any(regional.fullmatch(each) for each in names)
