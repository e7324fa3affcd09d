"""What AssumeRole and GetFederationToken are asked to give a session: policies, tags, an identity.

IAM guide, "Session policies" and "Pass session tags in AWS STS".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from moto.sts.exceptions import STSClientError
from moto.sts.responses import TokenResponse

from local_sagemaker.iam.policies.checks import check_identity_policy
from local_sagemaker.iam.policies.document import MalformedPolicy


@dataclass(frozen=True)
class SessionRequest:
    """`policy` is a text, `policy_arns` are managed policies; without either nothing is limited.

    `transitive` are keys of tags that sessions begun with this one have too, in lower case. A
    session of a role has its ARN and a name of its own; `federated_user` is the ARN of whom
    GetFederationToken has begun one for. One of neither has the rights of whoever began it.
    """

    policy: str = ""
    policy_arns: tuple[str, ...] = ()
    tags: Mapping[str, str] = field(default_factory=dict)
    transitive: tuple[str, ...] = ()
    source_identity: str = ""
    role_arn: str = ""
    session_name: str = ""
    federated_user: str = ""

    @property
    def handed_on(self) -> dict[str, str]:
        """The tags that go on from session to session."""
        return {key: text for key, text in self.tags.items() if key.lower() in self.transitive}


def read_request(response: TokenResponse, caller: SessionRequest | None = None) -> SessionRequest:
    """`caller` is what the session of whoever asks was given.

    Raises STSClientError for a policy that is none, and for a tag that the caller's session has
    already handed on.
    """
    policy = response._get_param("Policy") or ""
    if policy:
        _check_policy(policy)
    tags = {tag["Key"]: tag["Value"] for tag in response._get_param("Tags") or []}
    before = caller.handed_on if caller else {}
    _check_tags(tags, before)
    named = {key.lower() for key in (*(response._get_param("TransitiveTagKeys") or []), *before)}
    return SessionRequest(
        policy,
        tuple(each["arn"] for each in response._get_param("PolicyArns") or []),
        tags | before,
        tuple(sorted(named)),
        response._get_param("SourceIdentity") or (caller.source_identity if caller else ""),
    )


def _check_policy(text: str) -> None:
    try:
        check_identity_policy(text)
    except MalformedPolicy as fault:
        raise STSClientError("MalformedPolicyDocumentException", str(fault)) from fault


def _check_tags(tags: Mapping[str, str], handed_on: Mapping[str, str]) -> None:
    taken = {key.lower() for key in tags} & {key.lower() for key in handed_on}
    if taken:
        raise STSClientError(
            "InvalidParameterValue",
            "One of the specified transitive tag keys can't be set because it conflicts with a "
            f"transitive tag key from the calling session: {', '.join(sorted(taken))}",
        )
