"""Where events and starts go that could not be delivered, until somebody has looked at them."""

from aws_cdk import Duration, aws_sqs
from constructs import Construct


def dead_letter_queue(scope: Construct) -> aws_sqs.Queue:
    """Encrypted; a message stays for the fourteen days that Amazon SQS keeps one at most."""
    return aws_sqs.Queue(
        scope,
        "Undelivered",
        enforce_ssl=True,
        encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
        retention_period=Duration.days(14),
    )
