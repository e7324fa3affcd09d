"""Rules, topics, subscriptions, permissions and alarms that CloudFormation makes."""

from __future__ import annotations

import json
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_aws.function_zip import create_function
from tests.local_aws.test_events import put_event, received
from tests.local_sagemaker.roles import services_may

TOPIC = {
    "Type": "AWS::SNS::Topic",
    "Properties": {"TopicName": "told-by-stack", "DisplayName": "Told"},
}


def template(function: str, source: str, *, mail: str) -> dict[str, Any]:
    rule = {
        "Description": "passes on",
        "EventPattern": {"source": [source]},
        "State": "ENABLED",
        "Targets": [
            {
                "Id": "Topic",
                "Arn": {"Ref": "Topic"},
                "InputTransformer": {
                    "InputPathsMap": {"what": "$.detail.what"},
                    "InputTemplate": '{"What": <what>}',
                },
            },
            {"Id": "Function", "Arn": function},
        ],
    }
    queue_subscription = {
        "TopicArn": {"Ref": "Topic"},
        "Protocol": "sqs",
        "Endpoint": {"Fn::GetAtt": ["Queue", "Arn"]},
        "RawMessageDelivery": True,
    }
    return {
        "Resources": {
            "Queue": {"Type": "AWS::SQS::Queue"},
            "QueuePolicy": {
                "Type": "AWS::SQS::QueuePolicy",
                "Properties": {
                    "Queues": [{"Ref": "Queue"}],
                    "PolicyDocument": json.loads(services_may("sqs:SendMessage")),
                },
            },
            "Topic": TOPIC,
            "TopicPolicy": {
                "Type": "AWS::SNS::TopicPolicy",
                "Properties": {
                    "Topics": [{"Ref": "Topic"}],
                    "PolicyDocument": json.loads(services_may("sns:Publish")),
                },
            },
            "QueueSubscription": {
                "Type": "AWS::SNS::Subscription", "Properties": queue_subscription
            },
            "Mail": {
                "Type": "AWS::SNS::Subscription",
                "Properties": {
                    "TopicArn": {"Ref": "Topic"}, "Protocol": "email", "Endpoint": mail
                },
            },
            "Rule": {"Type": "AWS::Events::Rule", "Properties": rule},
            "Permission": {
                "Type": "AWS::Lambda::Permission",
                "Properties": {
                    "FunctionName": function,
                    "Action": "lambda:InvokeFunction",
                    "Principal": "events.amazonaws.com",
                    "SourceArn": {"Fn::GetAtt": ["Rule", "Arn"]},
                },
            },
            "Alarm": {
                "Type": "AWS::CloudWatch::Alarm",
                "Properties": {
                    "AlarmName": "too-many-errors",
                    "Namespace": "AWS/SageMaker",
                    "MetricName": "Invocation5XXErrors",
                    "Dimensions": [{"Name": "EndpointName", "Value": "e"}],
                    "Statistic": "Sum",
                    "Period": 60,
                    "EvaluationPeriods": 1,
                    "Threshold": 1,
                    "ComparisonOperator": "GreaterThanOrEqualToThreshold",
                    "TreatMissingData": "notBreaching",
                    "AlarmActions": [{"Ref": "Topic"}],
                },
            },
        },
        "Outputs": {
            "QueueUrl": {"Value": {"Ref": "Queue"}},
            "TopicArn": {"Value": {"Ref": "Topic"}},
            "AlarmArn": {"Value": {"Fn::GetAtt": ["Alarm", "Arn"]}},
        },
    }  # fmt: skip


@pytest.fixture
def source() -> str:
    return f"test.{uuid.uuid4().hex[:8]}"


@pytest.fixture
def function(local_aws: LocalAws) -> str:
    name = create_function(local_aws, "def handler(event, context): print(event)")
    described = local_aws.client("lambda").get_function(FunctionName=name)
    return str(described["Configuration"]["FunctionArn"])


@pytest.fixture
def stack(local_aws: LocalAws, function: str, source: str) -> Iterator[dict[str, str]]:
    """Its outputs, and its name as StackName."""
    name = stacks.new_name()
    created = stacks.create(local_aws, name, template(function, source, mail="a@example.com"))
    assert created["StackStatus"] == "CREATE_COMPLETE"
    yield stacks.outputs(created) | {"StackName": name}
    local_aws.client("cloudformation").delete_stack(StackName=name)
    stacks.ended(local_aws, created["StackId"])


def mails(local_aws: LocalAws, topic: str) -> list[str]:
    listed = local_aws.client("sns").list_subscriptions_by_topic(TopicArn=topic)
    return [s["Endpoint"] for s in listed["Subscriptions"] if s["Protocol"] == "email"]


def test_rule_of_a_stack_reaches_its_topic_and_queue(
    local_aws: LocalAws, stack: dict[str, str], source: str
) -> None:
    put_event(local_aws, source, what="this")
    assert received(local_aws, stack["QueueUrl"]) == [{"What": "this"}]


def test_stack_is_updated_in_place(
    local_aws: LocalAws, stack: dict[str, str], function: str, source: str
) -> None:
    changed = template(function, "another.source", mail="b@example.com")
    changed["Resources"]["Rule"]["Properties"]["Targets"].pop()
    changed["Resources"]["Alarm"]["Properties"]["Threshold"] = 5
    stacks.update(local_aws, stack["StackName"], changed)
    assert mails(local_aws, stack["TopicArn"]) == ["b@example.com"]
    (alarm,) = local_aws.client("cloudwatch").describe_alarms(AlarmNames=["too-many-errors"])[
        "MetricAlarms"
    ]
    assert alarm["Threshold"] == 5
    assert alarm["AlarmArn"] == stack["AlarmArn"]
    put_event(local_aws, source, what="old")
    put_event(local_aws, "another.source", what="new")
    assert received(local_aws, stack["QueueUrl"]) == [{"What": "new"}]


def test_deleted_stack_leaves_nothing(
    local_aws: LocalAws, function: str, source: str, stack: dict[str, str]
) -> None:
    policy = local_aws.client("lambda").get_policy(FunctionName=function)
    assert "events.amazonaws.com" in policy["Policy"]
    stacks.delete(local_aws, stack["StackName"])
    topics = local_aws.client("sns").list_topics()["Topics"]
    assert stack["TopicArn"] not in [topic["TopicArn"] for topic in topics]
    alarms = local_aws.client("cloudwatch").describe_alarms(AlarmNames=["too-many-errors"])
    assert alarms["MetricAlarms"] == []
    rules = local_aws.client("events").list_rules()["Rules"]
    assert not [rule for rule in rules if source in rule.get("EventPattern", "")]
