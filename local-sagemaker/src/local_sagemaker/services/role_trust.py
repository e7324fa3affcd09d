"""Whether a service may take on a role, by the role's own trust policy.

Who writes a role's policies alone often forgets it.
"""

from __future__ import annotations

from local_sagemaker.iam.policies.evaluation import Policies, evaluate
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.iam.policies.statement import Request
from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.services.permissions.resource_policies import resource_of

_ASSUME = "sts:AssumeRole"
# Lambda gives neither key: its guide documents none for execution roles.
_WITHOUT_KEYS = ("lambda",)


def keeps_out(service: str, arn: str, source: str = "") -> bool:
    """Whether a service such as `states` may not take on the role; nobody may if there is none.

    Conditions see aws:SourceAccount, and aws:SourceArn where `source` tells for which resource.
    """
    keys = {"aws:securetransport": ("true",)}
    if service not in _WITHOUT_KEYS:
        keys["aws:sourceaccount"] = (ACCOUNT,)
        keys |= {"aws:sourcearn": (source,)} if source else {}
    principal = Principal(ACCOUNT, service=f"{service}.amazonaws.com")
    asked = Request(principal, _ASSUME, arn, keys)
    return not evaluate(asked, Policies(resource=resource_of(_ASSUME, arn).policy)).is_allowed
