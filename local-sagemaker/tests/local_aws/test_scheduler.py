"""Schedules fire: input, time, dead-letter queue."""

from __future__ import annotations

import json
import time
import uuid
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.machine import ROLE, create_machine, jsonata


def schedule(local_aws: LocalAws, expression: str, target: dict[str, Any], **more: Any) -> str:
    name = f"schedule-{uuid.uuid4().hex[:8]}"
    local_aws.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression=expression,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"RoleArn": ROLE} | target,
        **more,
    )
    return name


def soon(seconds: float = 4) -> str:
    return f"at({datetime.now(UTC) + timedelta(seconds=seconds):%Y-%m-%dT%H:%M:%S})"


def executions(local_aws: LocalAws, machine: str, seconds: float) -> list[dict[str, Any]]:
    client = local_aws.client("stepfunctions")
    deadline = time.monotonic() + seconds
    found: list[dict[str, Any]] = []
    while not found and time.monotonic() < deadline:
        time.sleep(0.2)
        found = client.list_executions(stateMachineArn=machine)["executions"]
    return [client.describe_execution(executionArn=each["executionArn"]) for each in found]


def test_one_time_schedule_starts_the_machine_with_its_input_once(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    given = '{"at": "<aws.scheduler.scheduled-time>", "nested": {"a": [1]}}'
    name = schedule(
        local_aws, soon(), {"Arn": machine, "Input": given}, ActionAfterCompletion="DELETE"
    )
    started = executions(local_aws, machine, 60)
    assert len(started) == 1
    event = json.loads(started[0]["input"])
    assert event["nested"] == {"a": [1]}
    assert datetime.fromisoformat(event["at"]).tzinfo is not None
    client = local_aws.client("scheduler")
    time.sleep(1)
    with pytest.raises(client.exceptions.ResourceNotFoundException):
        client.get_schedule(Name=name)


def test_rate_schedule_fires_when_it_is_made(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    name = schedule(local_aws, "rate(1 hour)", {"Arn": machine})
    assert len(executions(local_aws, machine, 60)) == 1
    local_aws.client("scheduler").delete_schedule(Name=name)


def test_disabled_schedule_does_not_fire_until_it_is_enabled(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    name = schedule(local_aws, "rate(1 hour)", {"Arn": machine}, State="DISABLED")
    assert executions(local_aws, machine, 1.5) == []
    client = local_aws.client("scheduler")
    described = client.get_schedule(Name=name)
    assert described["State"] == "DISABLED"
    kept = ("Name", "ScheduleExpression", "FlexibleTimeWindow", "Target")
    client.update_schedule(**{field: described[field] for field in kept}, State="ENABLED")
    assert len(executions(local_aws, machine, 60)) == 1
    client.delete_schedule(Name=name)
    assert name not in [each["Name"] for each in client.list_schedules()["Schedules"]]


def test_undeliverable_schedule_goes_to_the_dead_letter_queue(local_aws: LocalAws) -> None:
    sqs = local_aws.client("sqs")
    queue = sqs.create_queue(QueueName=f"undelivered-{uuid.uuid4().hex[:8]}")["QueueUrl"]
    arn = sqs.get_queue_attributes(QueueUrl=queue, AttributeNames=["QueueArn"])
    gone = "arn:aws:states:us-east-1:123456789012:stateMachine:gone"
    target = {
        "Arn": gone,
        "Input": '{"a": 1}',
        "DeadLetterConfig": {"Arn": arn["Attributes"]["QueueArn"]},
    }
    schedule(local_aws, soon(), target)
    received = sqs.receive_message(
        QueueUrl=queue, WaitTimeSeconds=20, MessageAttributeNames=["All"]
    )
    message = received["Messages"][0]
    assert message["Body"] == '{"a": 1}'
    assert message["MessageAttributes"]["ERROR_CODE"]["StringValue"] == "StateMachineDoesNotExist"
    assert message["MessageAttributes"]["TARGET_ARN"]["StringValue"] == gone


@pytest.mark.parametrize(
    ("expression", "arn", "message"),
    [
        ("rate(5 seconds)", "arn:aws:sqs:us-east-1:123456789012:q", "Invalid Schedule Expression"),
        ("rate(5 minutes)", "arn:aws:ecs:us-east-1:123456789012:x", "delivers schedules to"),
    ],
)
def test_schedule_that_cannot_fire_is_refused(
    local_aws: LocalAws, expression: str, arn: str, message: str
) -> None:
    with pytest.raises(ClientError, match=message) as refused:
        schedule(local_aws, expression, {"Arn": arn})
    assert refused.value.response["Error"]["Code"] == "ValidationException"


def test_default_group_cannot_be_deleted_nor_one_that_is_not_there(local_aws: LocalAws) -> None:
    scheduler = local_aws.client("scheduler")
    with pytest.raises(ClientError, match="The default schedule group cannot be deleted"):
        scheduler.delete_schedule_group(Name="default")
    with pytest.raises(ClientError, match="Schedule group none does not exist") as refused:
        scheduler.delete_schedule_group(Name="none")
    assert refused.value.response["Error"]["Code"] == "ResourceNotFoundException"
    scheduler.create_schedule_group(Name="mine")
    scheduler.delete_schedule_group(Name="mine")
    names = [each["Name"] for each in scheduler.list_schedule_groups()["ScheduleGroups"]]
    assert names == ["default"]


def test_schedule_does_not_start_in_the_past(local_aws: LocalAws) -> None:
    machine = create_machine(local_aws, jsonata({"Done": {"Type": "Succeed"}}))
    start = datetime.now(UTC) - timedelta(minutes=6)
    with pytest.raises(ClientError, match="cannot be earlier than 5 minutes ago"):
        schedule(local_aws, "rate(1 hour)", {"Arn": machine}, StartDate=start)
    schedule(local_aws, "at(2999-01-01T00:00:00)", {"Arn": machine}, StartDate=start)
