"""The roles, users and other entities that IAM's operations name without their path."""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Fact, Known
from local_sagemaker.iam.needs.reference.reference import Action
from local_sagemaker.protocol.account import partition_of

_MEMBERS = {
    "group": "GroupName",
    "instance-profile": "InstanceProfileName",
    "policy": "PolicyName",
    "role": "RoleName",
    "saml-provider": "Name",
    "server-certificate": "ServerCertificateName",
    "user": "UserName",
}
_FACTS: dict[str, Fact] = {"role": "role", "user": "user"}


def entity_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """Their ARNs, with the path of what is there, or else the request's own."""
    types = [name for name in action.resource_types if name in _MEMBERS]
    named = ((kind, call.text(_MEMBERS[kind])) for kind in types)
    found = tuple(_arn(call, known, kind, name) for kind, name in named if name)
    return found or (_unnamed_user(call, known) if "user" in types else ())


def _unnamed_user(call: Call, known: Known) -> tuple[str, ...]:
    """Of an access key whose it is, or else whoever asks, where that is a user.

    IAM takes the user from the key that signs the request (API reference of CreateAccessKey and
    others); moto takes that of the key which is named.
    """
    if call.texts("[Arn, PolicySourceArn][]"):
        return ()
    key = call.text("AccessKeyId")
    owner = known.look_up("user of a key", key, call.region) if key else None
    caller = owner or known.look_up("caller", "", call.region) or ""
    return (caller,) if ":user/" in caller else ()


def _arn(call: Call, known: Known, kind: str, name: str) -> str:
    fact = _FACTS.get(kind)
    there = known.look_up(fact, name, call.region) if fact else None
    path = call.text("Path") or "/"
    return there or f"arn:{partition_of(call.region)}:iam::{call.account}:{kind}{path}{name}"
