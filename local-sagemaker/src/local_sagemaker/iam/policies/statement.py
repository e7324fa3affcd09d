"""A statement of a policy, and whether it speaks of a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from local_sagemaker.iam.policies.conditions import Condition
from local_sagemaker.iam.policies.principals import Grant, Principal, Principals
from local_sagemaker.iam.policies.variables import Context, resolved
from local_sagemaker.iam.policies.wildcards import matches, matches_arn


@dataclass(frozen=True)
class Request:
    """One permission that is asked for: an action such as s3:GetObject on an ARN, or on *."""

    principal: Principal
    action: str
    resource: str
    context: Context = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Names:
    """An element Action or Resource; `negated` are NotAction and NotResource."""

    patterns: tuple[str, ...]
    negated: bool = False

    def speak_of(self, name: str, context: Context, match: Callable[[str, str], bool]) -> bool:
        patterns = (resolved(each, context) for each in self.patterns)
        return any(each is not None and match(each, name) for each in patterns) != self.negated


@dataclass(frozen=True)
class Statement:
    """Elements that a kind of policy does not have are None; actions are in lower case."""

    allows: bool
    actions: Names
    resources: Names | None
    principals: Principals | None
    conditions: tuple[Condition, ...]
    sid: str = ""

    def grant(self, request: Request) -> Grant:
        """How it names who asks, if it speaks of the request; Grant.NONE if it does not.

        A statement without a Principal is of whom the policy is attached to.
        """
        principal = self.principals
        grant = principal.grant_to(request.principal) if principal else Grant.CALLER
        return grant if grant and self._speaks_of(request) else Grant.NONE

    def _speaks_of(self, request: Request) -> bool:
        context = request.context
        return (
            self.actions.speak_of(request.action.lower(), context, matches)
            and (
                self.resources is None
                or self.resources.speak_of(request.resource, context, matches_arn)
            )
            and all(condition.holds(context) for condition in self.conditions)
        )
