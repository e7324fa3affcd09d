"""S3 tells EventBridge of new objects, once a bucket of a stack is told to."""

from __future__ import annotations

import json
import uuid
from typing import Any

from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.machine import ROLE
from tests.local_aws.test_events import create_queue, put_rule, received

TOLD = {"NotificationConfiguration": {"EventBridgeConfiguration": {"EventBridgeEnabled": True}}}


def template(bucket: str, **properties: Any) -> str:
    tags = [{"Key": "by", "Value": "stack"}]
    named = {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": bucket, "Tags": tags}}
    named["Properties"].update(properties)  # type: ignore[attr-defined]
    group = {"Type": "AWS::Scheduler::ScheduleGroup", "Properties": {"Name": f"{bucket}-group"}}
    return json.dumps({"Resources": {"Bucket": named, "Group": group}})


def test_object_reaches_the_targets_of_a_rule_on_its_prefix(local_aws: LocalAws) -> None:
    bucket = f"told-{uuid.uuid4().hex[:8]}"
    s3 = local_aws.client("s3")
    stacks.create(local_aws, bucket, template(bucket))
    url, arn = create_queue(local_aws)
    detail = {"bucket": {"name": [bucket]}, "object": {"key": [{"prefix": "data/"}]}}
    pattern = {"source": ["aws.s3"], "detail-type": ["Object Created"], "detail": detail}
    put_rule(local_aws, pattern, arn)
    s3.put_object(Bucket=bucket, Key="data/before.csv", Body=b"")
    stacks.update(local_aws, bucket, template(bucket, **TOLD))
    s3.put_object(Bucket=bucket, Key="other/a.csv", Body=b"1")
    s3.put_object(Bucket=bucket, Key="data/a b.csv", Body=b"12")
    (event,) = received(local_aws, url)
    assert event["detail"]["object"]["key"] == "data/a b.csv"
    assert event["detail"]["object"]["size"] == 2
    assert "etag" in event["detail"]["object"]
    assert event["detail"]["reason"] == "PutObject"


def test_group_of_a_stack_goes_with_its_schedules(local_aws: LocalAws) -> None:
    name = f"grouped-{uuid.uuid4().hex[:8]}"
    scheduler = local_aws.client("scheduler")
    stacks.create(local_aws, name, template(name))
    _, arn = create_queue(local_aws)
    scheduler.create_schedule(
        Name="one",
        GroupName=f"{name}-group",
        ScheduleExpression="rate(1 day)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": arn, "RoleArn": ROLE},
    )
    stacks.delete(local_aws, name)
    groups = scheduler.list_schedule_groups()["ScheduleGroups"]
    assert f"{name}-group" not in [group["Name"] for group in groups]
