"""The KMS key of the topic: CloudWatch may use it, which AWS's own key for SNS admits to nobody.

It encrypts logs, too (stacks.log_encryption).
"""

from aws_cdk import Duration, RemovalPolicy, aws_iam, aws_kms
from constructs import Construct

from configuration.settings import Settings

USE = ["kms:Decrypt", "kms:GenerateDataKey"]  # what publishing to an encrypted topic needs


def notification_key(scope: Construct, id: str, settings: Settings) -> aws_kms.IKey:
    """The account's own key where the settings name one; its policy is the account's affair."""
    if settings.topic_key:
        return aws_kms.Key.from_key_arn(scope, id, settings.topic_key)
    key = aws_kms.Key(
        scope,
        id,
        description=f"Retune {settings.name_prefix}: notifications and logs",
        enable_key_rotation=True,
        removal_policy=RemovalPolicy.DESTROY,  # what it encrypts goes with the stack
        pending_window=Duration.days(7),
    )
    key.add_to_resource_policy(
        aws_iam.PolicyStatement(
            principals=[aws_iam.ServicePrincipal("cloudwatch.amazonaws.com")],
            actions=USE,
            resources=["*"],  # the key; whose alarms may publish is the topic's policy to say
        )
    )
    return key
