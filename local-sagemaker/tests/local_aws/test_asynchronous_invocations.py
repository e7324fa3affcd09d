"""Event invocations of functions that fail: two more attempts, then a queue keeps the event."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function, invoke

# Fails as often as the event says, in a process that stays.
COUNTING = """
import boto3
called = 0
def handler(event, context):
    global called
    called += 1
    boto3.client("sqs").send_message(QueueUrl=event["calls"], MessageBody=context.aws_request_id)
    if called <= event["failures"]:
        raise ValueError("not yet")
    return "done"
"""


class Queue:
    def __init__(self, local_aws: LocalAws) -> None:
        self._sqs = local_aws.client("sqs")
        self.url = self._sqs.create_queue(QueueName=f"queue-{uuid.uuid4().hex[:8]}")["QueueUrl"]
        names = {"QueueUrl": self.url, "AttributeNames": ["QueueArn"]}
        self.arn = self._sqs.get_queue_attributes(**names)["Attributes"]["QueueArn"]

    def messages(self, count: int, seconds: float = 20) -> list[dict[str, Any]]:
        """Waits for so many messages."""
        found: list[dict[str, Any]] = []
        deadline = time.monotonic() + seconds
        while len(found) < count and time.monotonic() < deadline:
            asked = {"QueueUrl": self.url, "MessageAttributeNames": ["All"], "WaitTimeSeconds": 1}
            found += self._sqs.receive_message(**asked, MaxNumberOfMessages=10).get("Messages", [])
        return found


@pytest.fixture
def calls(local_aws: LocalAws) -> Queue:
    return Queue(local_aws)


@pytest.fixture
def dead(local_aws: LocalAws) -> Queue:
    return Queue(local_aws)


def counting(local_aws: LocalAws, dead: Queue) -> str:
    return create_function(local_aws, COUNTING, DeadLetterConfig={"TargetArn": dead.arn})


def call(local_aws: LocalAws, name: str, calls: Queue, *, failures: int) -> dict[str, Any]:
    event = {"calls": calls.url, "failures": failures}
    response, _ = invoke(local_aws, name, event, InvocationType="Event")
    assert response["StatusCode"] == 202
    return event


def test_third_attempt_may_succeed(local_aws: LocalAws, calls: Queue, dead: Queue) -> None:
    call(local_aws, counting(local_aws, dead), calls, failures=2)
    requests = [message["Body"] for message in calls.messages(3)]
    assert len(requests) == 3
    assert len(set(requests)) == 1, "one request id for all attempts"
    assert dead.messages(1, seconds=0.5) == []


def test_event_that_fails_three_times_goes_to_the_dead_letter_queue(
    local_aws: LocalAws, calls: Queue, dead: Queue
) -> None:
    event = call(local_aws, counting(local_aws, dead), calls, failures=9)
    (letter,) = dead.messages(1)
    assert json.loads(letter["Body"]) == event
    attributes = {name: a["StringValue"] for name, a in letter["MessageAttributes"].items()}
    requests = [message["Body"] for message in calls.messages(3)]
    assert attributes == {
        "RequestID": requests[0], "ErrorCode": "200", "ErrorMessage": "not yet"
    }  # fmt: skip
    assert len(requests) == 3


@pytest.mark.parametrize(
    ("failures", "side", "condition"),
    [(9, "OnFailure", "RetriesExhausted"), (0, "OnSuccess", "Success")],
)
def test_destination_gets_a_record_after_as_many_attempts_as_configured(
    local_aws: LocalAws, calls: Queue, dead: Queue, failures: int, side: str, condition: str
) -> None:
    name, kept = create_function(local_aws, COUNTING), Queue(local_aws)
    local_aws.client("lambda").put_function_event_invoke_config(
        FunctionName=name,
        MaximumRetryAttempts=0,
        DestinationConfig={side: {"Destination": kept.arn}},
    )
    event = call(local_aws, name, calls, failures=failures)
    (message,) = kept.messages(1)
    record = json.loads(message["Body"])
    assert record["requestPayload"] == event
    assert record["requestContext"]["condition"] == condition
    assert record["requestContext"]["approximateInvokeCount"] == 1
    answered = record["responsePayload"]
    assert (answered["errorMessage"] if failures else answered) == (
        "not yet" if failures else "done"
    )


def test_answer_that_is_no_json_is_text_in_the_record(local_aws: LocalAws) -> None:
    name, kept = create_function(local_aws, "def handler(*_): return b'no json'"), Queue(local_aws)
    local_aws.client("lambda").put_function_event_invoke_config(
        FunctionName=name, DestinationConfig={"OnSuccess": {"Destination": kept.arn}}
    )
    invoke(local_aws, name, InvocationType="Event")
    (message,) = kept.messages(1)
    assert json.loads(message["Body"])["responsePayload"] == "no json"


def test_dead_letter_queue_is_described_and_taken_away(local_aws: LocalAws, dead: Queue) -> None:
    name, functions = counting(local_aws, dead), local_aws.client("lambda")
    asked = {"FunctionName": name}
    described = functions.get_function_configuration(**asked)
    assert described["DeadLetterConfig"] == {"TargetArn": dead.arn}
    functions.update_function_configuration(**asked, DeadLetterConfig={"TargetArn": ""})
    assert "DeadLetterConfig" not in functions.get_function_configuration(**asked)
