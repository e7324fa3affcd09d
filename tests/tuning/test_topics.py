"""What subscribers of the topic hear of an execution."""

from __future__ import annotations

from tuning.aws import topics
from tuning.failure.notification import Notification

from tests.tuning.account import Account


def test_message_is_published_with_its_outcome(account: Account) -> None:
    sns = account.client("sns")
    topic = sns.create_topic(Name="retune")["TopicArn"]
    assert topics.publish(topic, Notification("subject", "message", "Deployed"))
