"""What operations of STS need: tags and a source identity are asked for besides the session.

IAM guide, "Pass session tags in AWS STS" and "Monitor and control actions taken with assumed
roles".
"""

from __future__ import annotations

from local_sagemaker.iam.needs.call import Call
from local_sagemaker.iam.needs.known import Known
from local_sagemaker.iam.needs.reference.reference import Action
from local_sagemaker.protocol.account import partition_of

_BESIDES = {"Tags": "TagSession", "SourceIdentity": "SetSourceIdentity"}


def session_actions(call: Call) -> tuple[str, ...]:
    """The operation's own action first."""
    besides = (action for member, action in _BESIDES.items() if call.parameters.get(member))
    return (call.operation, *besides)


def session_resources(call: Call, action: Action, known: Known) -> tuple[str, ...]:
    """The role that is taken on, or the user who asks for a session under another name.

    GetFederationToken itself is asked for on that name (widdix/complete-aws-iam-reference#3).
    """
    role = call.text("RoleArn")
    if role is not None:
        return (role,)
    if action.name == "GetFederationToken":
        partition, name = partition_of(call.region), call.text("Name")
        return (f"arn:{partition}:sts::{call.account}:federated-user/{name}",)
    caller = known.look_up("caller", "", call.region)
    return (caller,) if caller and action.name in _BESIDES.values() else ()
