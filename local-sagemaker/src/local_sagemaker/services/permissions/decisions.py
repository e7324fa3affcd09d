"""Whether a role's session or a user has a permission."""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Mapping
from typing import Any

from local_sagemaker.iam.need import Need
from local_sagemaker.iam.policies.evaluation import Policies, Verdict, evaluate
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.services.permissions.identities import Identity
from local_sagemaker.services.permissions.resource_policies import resource_of

Context = Mapping[str, tuple[str, ...]]


def verdict_of(identity: Identity, need: Need, context: Context) -> Verdict:
    """What the policies say of a role's session or a user; `context` are keys of the request."""
    resource = resource_of(need.action, need.resource)
    policies = Policies(
        identity.policies,
        identity.boundary,
        identity.session,
        resource.policy,
        resource.account,
        resource.must_consent,
    )
    owner = {"aws:resourceaccount": (resource.account or identity.principal.account,)}
    keys = _joined(need.context, owner, context, identity.context)
    asked = Request(identity.principal, need.action, need.resource, keys)
    return evaluate(asked, policies)


def _joined(*maps: Context) -> Context:
    given: list[Any] = list(maps)
    return ChainMap(*given)
