"""Who signs with an access key: a role's session, a user, or somebody whom no policy limits."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace

from moto.iam import models
from moto.iam.models import Role, User

from local_sagemaker.iam.policies.document import Policy, read_policy
from local_sagemaker.iam.policies.principals import Principal
from local_sagemaker.protocol.account import ACCOUNT
from local_sagemaker.protocol.callers import Caller, caller_by_key, forwarded_by, is_within
from local_sagemaker.protocol.keys import is_owners
from local_sagemaker.services.permissions.attached import (
    boundary_of,
    policies_of,
    role_of,
    session_policies,
    tags_of,
)
from local_sagemaker.services.session_requests import SessionRequest
from local_sagemaker.services.session_tokens import Session, session_of

Values = dict[str, tuple[str, ...]]
_SESSION_NAMES = {"cloudformation": "AWSCloudFormation", "sagemaker": "SageMaker"}

_EVERYTHING = read_policy('{"Statement": {"Effect": "Allow", "Action": "*", "Resource": "*"}}')


@dataclass(frozen=True)
class Identity:
    """A principal with the policies attached to it, and the condition keys that tell of it."""

    principal: Principal
    user_id: str
    policies: tuple[Policy, ...] = ()
    boundary: Policy | None = None
    session: tuple[Policy, ...] | None = None
    context: Values = field(default_factory=dict)


_OWNER = Identity(Principal(ACCOUNT, f"arn:aws:iam::{ACCOUNT}:root"), ACCOUNT, (_EVERYTHING,))


def identity_of(access_key_id: str) -> Identity | None:
    """None for the owner of the server, and for services that act on their own: nobody limits them.

    A role that is gone has no policies any more.
    """
    _, access_key_id = forwarded_by(access_key_id)
    caller = caller_by_key(access_key_id)
    if caller.role:
        return of_session(caller.role, session_name(caller))
    if is_owners(access_key_id) or is_within(access_key_id):
        return None
    begun = session_of(access_key_id)
    if begun is not None:
        return _of_begun(begun)
    account = models.get_account_id_from(access_key_id)
    for iam in list(models.iam_backends[account].values()):
        user = iam.get_user_from_access_key_id(access_key_id)
        if user is not None:
            return _of_user(user)
    return Identity(Principal(account, "nobody"), "nobody")  # a user who is gone


def of_session(role_arn: str, name: str) -> Identity:
    """Somebody who has taken on a role under a session name."""
    _, partition, _, _, account, resource = (role_arn.split(":", 5) + [""] * 5)[:6]
    arn = f"arn:{partition}:sts::{account}:assumed-role/{resource.rpartition('/')[2]}/{name}"
    role = role_of(role_arn)
    user_id = f"{role.id if role else 'AROAGONE'}:{name}"
    return Identity(
        Principal(account, arn, role_arn),
        user_id,
        policies_of(role) if role else (),
        boundary_of(role) if role else None,
        context=_context(role, account, role_arn, user_id, "AssumedRole"),
    )


def session_name(caller: Caller) -> str:
    """The session name under which a service takes on a role.

    That of Lambda is the function's name, SageMaker and CloudFormation have one of their own; the
    others' are long and mean nothing (public error messages of denied calls).
    """
    if caller.kind == "lambda" and caller.name:
        return caller.name
    if caller.kind in _SESSION_NAMES:
        return _SESSION_NAMES[caller.kind]
    return hashlib.md5(str(caller).encode(), usedforsecurity=False).hexdigest()


def _of_begun(begun: Session) -> Identity | None:
    request = begun.request
    if request.federated_user:
        return _of_federated(begun)
    if not request.role_arn:
        return identity_of(begun.asked_with)
    identity = of_session(request.role_arn, request.session_name)
    limited = request.policy or request.policy_arns
    return replace(
        identity,
        session=session_policies(request, identity.principal.arn) if limited else None,
        context=identity.context | _of_request(request),
    )


def _of_federated(begun: Session) -> Identity:
    """A user under another name, who may do what the session's policies allow besides."""
    arn = begun.request.federated_user
    of_user = identity_of(begun.asked_with) or _OWNER
    user_id = ":".join((arn.split(":")[4], arn.rpartition("/")[2]))
    own = {
        "aws:principalarn": (arn,),
        "aws:principaltype": ("FederatedUser",),
        "aws:userid": (user_id,),
    }
    return replace(
        of_user,
        principal=Principal(of_user.principal.account, arn),
        user_id=user_id,
        session=session_policies(begun.request, arn),
        context=of_user.context | own | _of_request(begun.request),
    )


def _of_request(request: SessionRequest) -> Values:
    """Tags of a session stand for those of its role."""
    values: Values = {f"aws:principaltag/{key.lower()}": (v,) for key, v in request.tags.items()}
    if request.source_identity:
        values["aws:sourceidentity"] = (request.source_identity,)
    return values


def _of_user(user: User) -> Identity:
    context = _context(user, user.account_id, user.arn, user.id, "User")
    return Identity(
        Principal(user.account_id, user.arn),
        user.id,
        policies_of(user),
        boundary_of(user),
        context=context | {"aws:username": (user.name,)},
    )


def _context(holder: Role | User | None, account: str, arn: str, user_id: str, kind: str) -> Values:
    tags = tags_of(holder) if holder else {}
    return {
        "aws:principalarn": (arn,),
        "aws:principalaccount": (account,),
        "aws:principaltype": (kind,),
        "aws:principalisawsservice": ("false",),
        "aws:userid": (user_id,),
        **{f"aws:principaltag/{key.lower()}": (value,) for key, value in tags.items()},
    }
