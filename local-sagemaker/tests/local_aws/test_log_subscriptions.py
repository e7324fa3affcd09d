"""Subscription filters: functions are told what is written to a log group."""

from __future__ import annotations

import json
import time
import uuid
from typing import Any

import pytest
from botocore.exceptions import ClientError
from local_sagemaker.local_aws import LocalAws

from tests.local_aws.function_zip import create_function

SOURCE = """
import base64, boto3, gzip, json

def handler(event, context):
    told = json.loads(gzip.decompress(base64.b64decode(event["awslogs"]["data"])))
    boto3.client("s3").put_object(Bucket="{bucket}", Key="told", Body=json.dumps(told))
"""


@pytest.fixture
def group(local_aws: LocalAws) -> str:
    name = f"logs-{uuid.uuid4().hex[:8]}"
    local_aws.client("logs").create_log_group(logGroupName=name)
    local_aws.client("logs").create_log_stream(logGroupName=name, logStreamName="stream")
    return name


def subscribe(
    local_aws: LocalAws, group: str, function: str, pattern: str, service: str = "logs"
) -> None:
    """Let the service invoke the function for the group, and tell it of the group's events."""
    functions = local_aws.client("lambda")
    functions.add_permission(
        FunctionName=function, StatementId=uuid.uuid4().hex, Action="lambda:InvokeFunction",
        Principal=f"{service}.amazonaws.com",
        SourceArn=f"arn:aws:logs:us-east-1:123456789012:log-group:{group}:*",
    )  # fmt: skip
    found = functions.get_function_configuration(FunctionName=function)
    local_aws.client("logs").put_subscription_filter(
        logGroupName=group, filterName="all", filterPattern=pattern,
        destinationArn=found["FunctionArn"],
    )  # fmt: skip


def write(local_aws: LocalAws, group: str, *messages: str) -> None:
    now = int(time.time() * 1000)
    local_aws.client("logs").put_log_events(
        logGroupName=group, logStreamName="stream",
        logEvents=[{"timestamp": now, "message": message} for message in messages],
    )  # fmt: skip


def told(local_aws: LocalAws, bucket: str) -> dict[str, Any]:
    waiter = local_aws.client("s3").get_waiter("object_exists")
    waiter.wait(Bucket=bucket, Key="told", WaiterConfig={"Delay": 1, "MaxAttempts": 20})
    body = local_aws.client("s3").get_object(Bucket=bucket, Key="told")["Body"].read()
    return dict(json.loads(body))


def test_function_is_told_the_events_that_have_all_words(local_aws: LocalAws, group: str) -> None:
    local_aws.client("s3").create_bucket(Bucket=group)
    function = create_function(local_aws, SOURCE.format(bucket=group))
    subscribe(local_aws, group, function, 'ERROR "too late"')
    write(local_aws, group, "ERROR: early", "it is too late", "ERROR: it is too late")
    found = told(local_aws, group)
    assert [event["message"] for event in found["logEvents"]] == ["ERROR: it is too late"]
    assert (found["logGroup"], found["logStream"]) == (group, "stream")
    assert found["subscriptionFilters"] == ["all"]


def test_function_that_is_gone_keeps_nobody_from_writing(local_aws: LocalAws, group: str) -> None:
    function = create_function(local_aws, "def handler(*_): pass")
    subscribe(local_aws, group, function, "")
    local_aws.client("lambda").delete_function(FunctionName=function)
    write(local_aws, group, "hello")


def test_function_must_let_cloudwatch_logs_invoke_it(local_aws: LocalAws, group: str) -> None:
    function = create_function(local_aws, "def handler(*_): pass")
    with pytest.raises(ClientError, match="Make sure you have given CloudWatch Logs permission"):
        subscribe(local_aws, group, function, "", service="events")
    with pytest.raises(ClientError, match="Make sure you have given CloudWatch Logs permission"):
        subscribe(local_aws, group, function, "", service="logs.eu-west-1")
    subscribe(local_aws, group, function, "", service="logs.us-east-1")


@pytest.mark.parametrize("pattern", ["{ $.level = 2 }", "[a, b]", "?ERROR ?WARN", "-DEBUG", "%a%"])
def test_pattern_that_is_not_matched_here_is_refused(
    local_aws: LocalAws, group: str, pattern: str
) -> None:
    function = create_function(local_aws, "def handler(*_): pass")
    with pytest.raises(ClientError, match="knows words and quoted phrases"):
        subscribe(local_aws, group, function, pattern)


def test_function_does_not_read_its_own_log(local_aws: LocalAws) -> None:
    function = create_function(local_aws, "def handler(*_): pass")
    own = f"/aws/lambda/{function}"
    local_aws.client("lambda").invoke(FunctionName=function)  # which makes the log group
    with pytest.raises(ClientError, match="reserved for the function logs of the destination"):
        subscribe(local_aws, own, function, "")
