"""The topic that hears how every execution has ended."""

from aws_cdk import aws_kms, aws_sns
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct

from stacks.settings import Settings


class Notifications(aws_sns.Topic):
    """Encrypted, SSL only; a subscription by e-mail must be confirmed by its owner."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        super().__init__(
            scope,
            id,
            topic_name=f"{settings.name_prefix}-executions",
            display_name=f"Retune {settings.name_prefix}",
            enforce_ssl=True,
            master_key=aws_kms.Alias.from_alias_name(scope, "TopicKey", "alias/aws/sns"),
        )
        if settings.notification_email:
            self.add_subscription(subscriptions.EmailSubscription(settings.notification_email))
