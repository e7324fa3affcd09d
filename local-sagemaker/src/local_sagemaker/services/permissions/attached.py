"""The policies that moto's IAM keeps for a role or a user."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from moto.iam.models import IAMBackend, Role, User, iam_backends

from local_sagemaker.iam.policies.document import Policy, read_policy
from local_sagemaker.services.session_requests import SessionRequest


def backend_of(arn: str) -> IAMBackend:
    """The IAM of the account and the partition in an ARN."""
    _, partition, _, _, account, *_ = arn.split(":")
    return iam_backends[account][partition]


def role_of(arn: str) -> Role | None:
    """The role with this ARN; None where there is none, or the text is no ARN."""
    if arn.count(":") < 5:
        return None
    roles = list(backend_of(arn).roles.values())
    return next((role for role in roles if role.arn == arn), None)


def policies_of(holder: Role | User) -> tuple[Policy, ...]:
    """Inline and managed policies, of a user also those of its groups."""
    return tuple(read_policy(text) for text in _texts(holder))


def boundary_of(holder: Role | User) -> Policy | None:
    """The permissions boundary; one that is gone allows nothing."""
    arn = getattr(holder, "permissions_boundary_arn", None)
    if not arn:
        return None
    policy = backend_of(holder.arn).managed_policies.get(arn)
    return read_policy(_document(policy)) if policy else Policy(())


def session_policies(request: SessionRequest, account_arn: str) -> tuple[Policy, ...]:
    """What a session was given to be limited by; a managed policy that is gone allows nothing.

    `account_arn` is an ARN of the account and the partition in which the policies are.
    """
    managed = backend_of(account_arn).managed_policies
    found = (managed.get(arn) for arn in request.policy_arns)
    texts = [_document(policy) for policy in found if policy]
    return tuple(map(read_policy, [*([request.policy] if request.policy else []), *texts]))


def tags_of(holder: Role | User) -> dict[str, str]:
    """Tags of a role or a user by their keys."""
    if isinstance(holder, Role):
        listed = list(holder.tags.values()) if isinstance(holder.tags, dict) else holder.tags
    else:
        listed = backend_of(holder.arn).tagger.list_tags_for_resource(holder.arn)["Tags"]
    return {tag["Key"]: tag["Value"] for tag in listed or []}


def _texts(holder: Role | User) -> Iterator[str]:
    for each in (holder, *_groups(holder)):
        yield from list(each.policies.values())
        yield from map(_document, list(each.managed_policies.values()))


def _groups(holder: Role | User) -> list[Any]:
    if isinstance(holder, Role):
        return []
    groups = backend_of(holder.arn).groups.values()
    return [group for group in groups if holder in group.users]


def _document(policy: Any) -> str:
    """The text of a managed policy's default version."""
    versions = {version.version_id: version.document for version in policy.versions}
    return str(versions[policy.default_version_id])
