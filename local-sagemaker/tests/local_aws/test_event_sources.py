"""Event source mappings: a queue's messages reach a function in batches."""

from __future__ import annotations

import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.services.functions.event_sources import _reported

from tests.local_aws.function_zip import create_function

# It fails on "bad", keeps the others' bodies as keys, and reports what it could not do.
SOURCE = """
import boto3
def handler(event, context):
    failed = []
    for record in event["Records"]:
        if record["body"] == "bad":
            failed.append({{"itemIdentifier": record["messageId"]}})
        else:
            boto3.client("s3").put_object(Bucket="{bucket}", Key=record["body"], Body=b"")
    return {{"batchItemFailures": failed}}
"""


@pytest.fixture
def bucket(local_aws: LocalAws) -> str:
    name = f"seen-{uuid.uuid4().hex[:8]}"
    local_aws.client("s3").create_bucket(Bucket=name)
    return name


def create_queue(local_aws: LocalAws, **attributes: str) -> tuple[str, str]:
    sqs = local_aws.client("sqs")
    made = sqs.create_queue(QueueName=f"queue-{uuid.uuid4().hex[:8]}", Attributes=attributes)
    url = made["QueueUrl"]
    found = sqs.get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])
    return url, found["Attributes"]["QueueArn"]


def seen(local_aws: LocalAws, bucket: str, count: int) -> list[str]:
    deadline, keys = time.monotonic() + 20, list[str]()
    while len(keys) < count and time.monotonic() < deadline:
        listed = local_aws.client("s3").list_objects_v2(Bucket=bucket).get("Contents", [])
        keys = [each["Key"] for each in listed]
        time.sleep(0.1)
    return keys


def left(local_aws: LocalAws, url: str) -> int:
    names: Any = ["ApproximateNumberOfMessages", "ApproximateNumberOfMessagesNotVisible"]
    found = local_aws.client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=names)
    return sum(map(int, found["Attributes"].values()))


def test_messages_that_are_handled_are_deleted_and_others_stay(
    local_aws: LocalAws, bucket: str
) -> None:
    sqs, functions = local_aws.client("sqs"), local_aws.client("lambda")
    url, arn = create_queue(local_aws)
    function = create_function(local_aws, SOURCE.format(bucket=bucket))
    mapping = functions.create_event_source_mapping(
        EventSourceArn=arn, FunctionName=function, BatchSize=5,
        FunctionResponseTypes=["ReportBatchItemFailures"],
    )  # fmt: skip
    for body in ("a", "bad", "b"):
        sqs.send_message(QueueUrl=url, MessageBody=body)
    assert seen(local_aws, bucket, 2) == ["a", "b"]
    deadline = time.monotonic() + 10
    while left(local_aws, url) > 1 and time.monotonic() < deadline:
        time.sleep(0.1)
    assert left(local_aws, url) == 1
    functions.delete_event_source_mapping(UUID=mapping["UUID"])


@pytest.mark.parametrize(
    ("answer", "done"),
    [
        ("null", True), ("{}", True), ('{"batchItemFailures": null}', True),
        ("no json", False), ('["a"]', False), ('{"batchItemFailures": "a"}', False),
        ('{"batchItemFailures": ["a"]}', False), ('{"batchItemFailures": [{"id": "a"}]}', False),
        ('{"batchItemFailures": [{"itemIdentifier": null}]}', False),
        ('{"batchItemFailures": [{"itemIdentifier": ["a"]}]}', False),
        ('{"batchItemFailures": [{"itemIdentifier": "of another batch"}]}', False),
    ],
)  # fmt: skip
def test_answer_that_is_no_partial_batch_response_fails_the_batch(answer: str, done: bool) -> None:
    assert _reported(answer.encode(), {"a", "b"}) == (set() if done else {"a", "b"})


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"EventSourceArn": "arn:aws:kinesis:us-east-1:123456789012:stream/s"}, "from SQS queues"),
        ({"FilterCriteria": {"Filters": [{"Pattern": "{}"}]}}, "does not filter the events"),
    ],
)
def test_what_would_not_happen_is_refused(
    local_aws: LocalAws, changes: dict[str, Any], words: str
) -> None:
    _, arn = create_queue(local_aws)
    function = create_function(local_aws, "def handler(*_): pass")
    asked = {"EventSourceArn": arn, "FunctionName": function} | changes
    with pytest.raises(ClientError, match=words):
        local_aws.client("lambda").create_event_source_mapping(**asked)


def test_message_must_stay_hidden_as_long_as_the_function_may_take(local_aws: LocalAws) -> None:
    _, arn = create_queue(local_aws, VisibilityTimeout="5")
    function = create_function(local_aws, "def handler(*_): pass")
    with pytest.raises(ClientError, match="5 seconds is less than Function timeout: 10 seconds"):
        local_aws.client("lambda").create_event_source_mapping(
            EventSourceArn=arn, FunctionName=function
        )
