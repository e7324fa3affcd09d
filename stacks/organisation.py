"""What an organisation asks of everything that is deployed in its accounts."""

from aws_cdk import DefaultStackSynthesizer, IStackSynthesizer, Tags, aws_iam
from constructs import Construct

from configuration.settings import Settings


def apply_rules(construct: Construct, settings: Settings) -> None:
    """Bounds every role of the construct, and tags whatever can be tagged."""
    if settings.permissions_boundary:
        policy = aws_iam.ManagedPolicy.from_managed_policy_arn(
            construct, "PermissionsBoundary", settings.permissions_boundary
        )
        aws_iam.PermissionsBoundary.of(construct).apply(policy)
    for key, value in settings.tags.items():
        Tags.of(construct).add(key, value)


def synthesizer(settings: Settings) -> IStackSynthesizer | None:
    """For a bootstrap stack with a qualifier of its own; None for the CDK's."""
    qualifier = settings.bootstrap_qualifier
    return DefaultStackSynthesizer(qualifier=qualifier) if qualifier else None
