"""The topic that hears how every execution has ended, and of every alarm."""

from aws_cdk import ArnFormat, Stack, aws_cloudwatch, aws_iam, aws_sns
from aws_cdk import aws_cloudwatch_actions as actions
from aws_cdk import aws_sns_subscriptions as subscriptions
from constructs import Construct, IConstruct

from configuration.settings import Settings
from stacks.notification_key import USE, notification_key


class Notifications(aws_sns.Topic):
    """Encrypted, SSL only; a subscription by e-mail must be confirmed by its owner."""

    def __init__(self, scope: Construct, id: str, *, settings: Settings) -> None:
        self.key = notification_key(scope, "NotificationKey", settings)
        super().__init__(
            scope,
            id,
            topic_name=f"{settings.name_prefix}-executions",
            display_name=f"Retune {settings.name_prefix}",
            enforce_ssl=True,
            master_key=self.key,
        )
        self.add_to_resource_policy(
            aws_iam.PolicyStatement(
                principals=[aws_iam.ServicePrincipal("cloudwatch.amazonaws.com")],
                actions=["sns:Publish"],
                resources=[self.topic_arn],
                conditions={"ArnLike": {"aws:SourceArn": self._alarms_of_the_account}},
            )
        )
        if settings.notification_email:
            self.add_subscription(subscriptions.EmailSubscription(settings.notification_email))

    @property
    def publish(self) -> list[aws_iam.PolicyStatement]:
        """What a function needs to publish."""
        return [
            aws_iam.PolicyStatement(actions=["sns:Publish"], resources=[self.topic_arn]),
            aws_iam.PolicyStatement(actions=USE, resources=[self.key.key_arn]),
        ]

    @property
    def _alarms_of_the_account(self) -> str:
        return Stack.of(self).format_arn(
            service="cloudwatch",
            resource="alarm",
            resource_name="*",
            arn_format=ArnFormat.COLON_RESOURCE_NAME,
        )

    def hear_alarms(self, scope: IConstruct) -> None:
        """Every alarm below the scope publishes here as it goes off."""
        for construct in scope.node.find_all():
            if isinstance(construct, aws_cloudwatch.Alarm):
                construct.add_alarm_action(actions.SnsAction(self))
