"""Hears events of EventBridge: a rule of a scenario's own, and a queue that keeps what it sends."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from retune.acceptance.stage import Stage


@dataclass(frozen=True)
class Heard:
    """Events that a rule has sent to its queue; `seen` are the ids of those that were read."""

    stage: Stage
    url: str
    seen: set[str] = field(default_factory=set)

    def next(self) -> dict[str, Any]:
        """The detail of the next event; FailedError when none comes in the scenario's time.

        Of what others do in the account nothing is told, nor anything twice.
        """
        return self.stage.until("an event", self._look)

    def _look(self) -> dict[str, Any] | None:
        sqs = self.stage.client("sqs")
        answer = sqs.receive_message(QueueUrl=self.url, MaxNumberOfMessages=1, WaitTimeSeconds=1)
        for message in answer.get("Messages", ()):
            sqs.delete_message(QueueUrl=self.url, ReceiptHandle=message["ReceiptHandle"])
            event = json.loads(message["Body"])
            is_new = event["id"] not in self.seen
            self.seen.add(event["id"])
            if is_new and self.stage.stack.name_prefix in message["Body"]:
                return dict(event["detail"])
        return None


def listen(stage: Stage, pattern: dict[str, Any]) -> Heard:
    """From now on; EventBridge may send an event twice, or not at all."""
    name = stage.name("events")
    sqs, events = stage.client("sqs"), stage.client("events")
    rule = events.put_rule(Name=name, EventPattern=json.dumps(pattern))["RuleArn"]
    url = sqs.create_queue(QueueName=name)["QueueUrl"]
    attributes = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]
    statement = {
        "Effect": "Allow",
        "Principal": {"Service": "events.amazonaws.com"},
        "Action": "sqs:SendMessage",
        "Resource": attributes["QueueArn"],
        "Condition": {"ArnEquals": {"aws:SourceArn": rule}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    sqs.set_queue_attributes(QueueUrl=url, Attributes={"Policy": policy})
    events.put_targets(Rule=name, Targets=[{"Id": "queue", "Arn": attributes["QueueArn"]}])
    return Heard(stage, url)
