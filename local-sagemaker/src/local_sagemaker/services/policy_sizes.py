"""How long IAM's policies may be, and how many a role has, in IAM's words.

Source: "IAM and AWS STS quotas" of the IAM user guide, with the quotas of an account that has asked
for no more. White space does not count.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from moto.iam.exceptions import LimitExceededException
from moto.iam.models import IAMBackend

from local_sagemaker.services.patching import replace

_INLINE = {"role": 10_240, "user": 2_048, "group": 5_120}  # all policies of one together
_MANAGED, _TRUST, _POLICIES_OF_A_ROLE = 6_144, 2_048, 10


def size_of(policy: str) -> int:
    """In characters, as IAM counts."""
    return len(re.sub(r"\s", "", policy))


def install() -> None:
    for holder in _INLINE:
        _limit_inline(holder)
    # The document is one of the arguments, the third or the second, or has a name.
    _limit("create_policy", (2, "policy_document"), "PolicySize", _MANAGED)
    _limit("create_policy_version", (1, "policy_document"), "PolicySize", _MANAGED)
    _limit("create_role", (1, "assume_role_policy_document"), "ACLSizePerRole", _TRUST)
    _limit("update_assume_role_policy", (1, "policy_document"), "ACLSizePerRole", _TRUST)
    _limit_attached()


def _limit_inline(holder: str) -> None:
    by_moto = getattr(IAMBackend, f"put_{holder}_policy")

    def put(backend: Any, name: str, policy_name: str, policy_json: str) -> None:
        kept: Mapping[str, str] = getattr(backend, f"get_{holder}")(name).policies
        together = {**kept, policy_name: policy_json}
        if sum(map(size_of, together.values())) > _INLINE[holder]:
            words = f"Maximum policy size of {_INLINE[holder]} bytes exceeded for {holder} {name}"
            raise LimitExceededException(words)
        by_moto(backend, name, policy_name, policy_json)

    replace(IAMBackend, f"put_{holder}_policy", put)


def _limit(operation: str, argument: tuple[int, str], quota: str, most: int) -> None:
    by_moto, (position, name) = getattr(IAMBackend, operation), argument

    def limited(backend: Any, *given: Any, **named: Any) -> Any:
        document = named[name] if name in named else given[position]
        if size_of(document) > most:
            raise LimitExceededException(f"Cannot exceed quota for {quota}: {most}")
        return by_moto(backend, *given, **named)

    replace(IAMBackend, operation, limited)


def _limit_attached() -> None:
    by_moto = IAMBackend.attach_role_policy

    def attach(backend: Any, policy_arn: str, role_name: str) -> None:
        attached = backend.get_role(role_name).managed_policies
        if policy_arn not in attached and len(attached) >= _POLICIES_OF_A_ROLE:
            quota = f"PoliciesPerRole: {_POLICIES_OF_A_ROLE}"
            raise LimitExceededException(f"Cannot exceed quota for {quota}")
        by_moto(backend, policy_arn, role_name)

    replace(IAMBackend, "attach_role_policy", attach)
