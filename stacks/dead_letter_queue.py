"""Where events and starts go that could not be delivered, until somebody has looked at them."""

from aws_cdk import Duration, aws_iam, aws_kms, aws_sqs
from constructs import Construct

from configuration.settings import Settings


def dead_letter_queue(scope: Construct, settings: Settings) -> aws_sqs.Queue:
    """Encrypted; a message stays for the fourteen days that Amazon SQS keeps one at most."""
    key = settings.kms_key
    return aws_sqs.Queue(
        scope,
        "Undelivered",
        enforce_ssl=True,
        encryption=aws_sqs.QueueEncryption.KMS if key else aws_sqs.QueueEncryption.SQS_MANAGED,
        encryption_master_key=aws_kms.Key.from_key_arn(scope, "QueueKey", key) if key else None,
        retention_period=Duration.days(14),
    )


def use_queue_key(settings: Settings) -> list[aws_iam.PolicyStatement]:
    """What a role needs besides, that leaves messages there: "Key management" of the SQS guide."""
    if settings.kms_key is None:
        return []
    return [
        aws_iam.PolicyStatement(
            actions=["kms:Decrypt", "kms:GenerateDataKey"],
            resources=[settings.kms_key],
            conditions={"StringLike": {"kms:ViaService": "sqs.*"}},
        )
    ]
