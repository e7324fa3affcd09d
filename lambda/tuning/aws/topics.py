"""Topics of Amazon SNS: publishes notifications to them."""

from __future__ import annotations

from tuning.aws.clients import client
from tuning.failure.notification import Notification


def publish(topic_arn: str, notification: Notification) -> str:
    """Publish of Amazon SNS; returns the message's id."""
    outcome = {"DataType": "String", "StringValue": notification.outcome}
    answer = client("sns").publish(
        TopicArn=topic_arn,
        Subject=notification.subject,
        Message=notification.message,
        MessageAttributes={"Outcome": outcome},
    )
    return str(answer["MessageId"])
