"""Messages to topics: signed as the topic wants it, numbered, refused in SNS's words."""

from __future__ import annotations

import base64
import json
from typing import Any

import pytest
from botocore.exceptions import ClientError
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from local_sagemaker.services.notifications.signatures import signature

from tests.local_aws.test_events import create_queue


@pytest.mark.parametrize(("attributes", "version"), [({}, "1"), ({"SignatureVersion": "2"}, "2")])
def test_notification_is_signed_in_the_version_of_its_topic(
    local_aws: Any, attributes: dict[str, str], version: str
) -> None:
    sns, (url, arn) = local_aws.client("sns"), create_queue(local_aws)
    topic = sns.create_topic(Name=f"signed-{version}", Attributes=attributes)["TopicArn"]
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    sns.publish(TopicArn=topic, Message="hello", Subject="news")
    (message,) = local_aws.client("sqs").receive_message(QueueUrl=url)["Messages"]
    assert json.loads(message["Body"])["SignatureVersion"] == version


@pytest.mark.parametrize(
    ("version", "algorithm"), [("1", hashes.SHA1()), ("2", hashes.SHA256())], ids=["1", "2"]
)
def test_signature_is_of_the_members_that_sns_names(version: str, algorithm: Any) -> None:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    signed = signature(key, {"Type": "Notification", "Message": "hello", "Subject": "n"}, version)
    text = b"Message\nhello\nSubject\nn\nType\nNotification\n"
    key.public_key().verify(base64.b64decode(signed), text, padding.PKCS1v15(), algorithm)


def test_subscriber_that_is_gone_keeps_no_message_from_the_others(local_aws: Any) -> None:
    sns, sqs, (url, arn) = local_aws.client("sns"), local_aws.client("sqs"), create_queue(local_aws)
    topic = sns.create_topic(Name="of-many")["TopicArn"]
    (gone, gone_arn), (letters, letters_arn) = create_queue(local_aws), create_queue(local_aws)
    policy = {"RedrivePolicy": json.dumps({"deadLetterTargetArn": letters_arn})}
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=gone_arn, Attributes=policy)
    function = "arn:aws:lambda:us-east-1:123456789012:function:gone"
    sns.subscribe(TopicArn=topic, Protocol="lambda", Endpoint=function)
    sns.subscribe(TopicArn=topic, Protocol="http", Endpoint="http://127.0.0.1:9/nobody")
    sns.subscribe(TopicArn=topic, Protocol="sqs", Endpoint=arn)
    sqs.delete_queue(QueueUrl=gone)
    sns.publish(TopicArn=topic, Message="hello")
    for told in (url, letters):
        (message,) = sqs.receive_message(QueueUrl=told, WaitTimeSeconds=5)["Messages"]
        assert json.loads(message["Body"])["Message"] == "hello"


def test_topic_that_is_not_there_is_refused_as_a_topic(local_aws: Any) -> None:
    with pytest.raises(ClientError, match="Topic does not exist"):
        local_aws.client("sns").publish(
            TopicArn="arn:aws:sns:us-east-1:123456789012:none", Message="hello"
        )


def test_message_to_a_fifo_topic_needs_a_group_and_gets_a_number(local_aws: Any) -> None:
    sns = local_aws.client("sns")
    attributes = {"FifoTopic": "true", "ContentBasedDeduplication": "true"}
    topic = sns.create_topic(Name="numbered.fifo", Attributes=attributes)["TopicArn"]
    with pytest.raises(ClientError, match="MessageGroupId parameter is required for FIFO topics"):
        sns.publish(TopicArn=topic, Message="hello")
    one, two = (
        sns.publish(TopicArn=topic, Message=each, MessageGroupId="g")["SequenceNumber"]
        for each in ("hello", "world")
    )
    assert len(one) == 20
    assert one < two
