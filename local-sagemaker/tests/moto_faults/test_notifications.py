from __future__ import annotations

import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from moto.awslambda.models import LambdaFunction

from tests.moto_faults.clients import client, create_function


def test_a_function_is_told_of_no_topic_but_an_example(monkeypatch: pytest.MonkeyPatch) -> None:
    received: list[Any] = []
    monkeypatch.setattr(LambdaFunction, "invoke", lambda _, body, *rest: received.append(body))
    sns: Any = client("sns")
    topic = sns.create_topic(Name="topic")["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=create_function())
    sns.publish(TopicArn=topic, Message="hello")
    record = json.loads(received[0])["Records"][0]
    assert record["Sns"]["Message"] == "hello"
    assert record["Sns"]["TopicArn"] == "arn:aws:sns:EXAMPLE"


def test_a_notification_is_signed_in_version_2_without_its_subject() -> None:
    sns, sqs = client("sns"), client("sqs")
    topic = sns.create_topic(Name="topic", Attributes={"SignatureVersion": "1"})["TopicArn"]
    queue = sqs.create_queue(QueueName="queue")["QueueUrl"]
    endpoint = "arn:aws:sqs:us-east-1:123456789012:queue"
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=endpoint)
    sns.publish(TopicArn=topic, Message="hello", Subject="news")
    (message,) = sqs.receive_message(QueueUrl=queue)["Messages"]
    assert json.loads(message["Body"])["SignatureVersion"] == "2"


def test_a_topic_that_is_not_there_is_an_endpoint() -> None:
    with pytest.raises(ClientError, match="Endpoint does not exist"):
        client("sns").publish(TopicArn="arn:aws:sns:us-east-1:123456789012:none", Message="hello")


def test_a_message_to_a_fifo_topic_has_no_number() -> None:
    attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "true"}
    sns: Any = client("sns")
    topic = sns.create_topic(Name="topic.fifo", Attributes=attributes)["TopicArn"]
    published = sns.publish(TopicArn=topic, Message="hello", MessageGroupId="group")
    assert "SequenceNumber" not in published
