from __future__ import annotations

import json
from typing import Any

import pytest
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
