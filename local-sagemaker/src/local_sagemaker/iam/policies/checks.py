"""What only some kinds of policies may have; the messages are IAM's MalformedPolicyDocument."""

from __future__ import annotations

from local_sagemaker.iam.policies.document import MalformedPolicy, read_policy


def check_identity_policy(text: str) -> None:
    """Of a policy that is attached to roles, users and groups. Raises MalformedPolicy."""
    for statement in read_policy(text).statements:
        if statement.principals is not None:
            raise MalformedPolicy("Policy document should not specify a principal.")
        if statement.resources is None:
            raise MalformedPolicy("Policy statement must contain resources.")


def check_trust_policy(text: str) -> None:
    """Of the policy that says who may take on a role. Raises MalformedPolicy."""
    for statement in read_policy(text).statements:
        if statement.resources is not None:
            raise MalformedPolicy("Has prohibited field Resource")
        if statement.principals is None:
            raise MalformedPolicy("Missing required field Principal")
