"""Step Functions, EventBridge and its Scheduler, SNS, SQS, CloudWatch, SSM and their neighbours."""

from __future__ import annotations

from typing import Any

import pytest
from local_sagemaker.iam.needs import needs_of

from tests.iam_needs.asking import ROLE, arn, permissions

MACHINE = arn("states", "stateMachine:shop")
TOPIC = arn("sns", "news")
PASSED = f"iam:PassRole {ROLE}"


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "needed"),
    [
        ("stepfunctions", "StartExecution", {"stateMachineArn": MACHINE},
         ["states:StartExecution states stateMachine:shop"]),
        ("stepfunctions", "ListExecutions", {"stateMachineArn": MACHINE},
         ["states:ListExecutions states stateMachine:shop"]),
        ("stepfunctions", "DescribeExecution", {"executionArn": arn("states", "execution:shop:1")},
         ["states:DescribeExecution states execution:shop:1"]),
        ("stepfunctions", "CreateStateMachine", {"name": "shop", "roleArn": ROLE},
         ["states:CreateStateMachine states stateMachine:shop", PASSED]),
        ("stepfunctions", "SendTaskSuccess", {"taskToken": "t"},
         ["states:SendTaskSuccess states stateMachine:*"]),
        ("stepfunctions", "ListStateMachines", {},
         ["states:ListStateMachines states stateMachine:*"]),
        ("scheduler", "GetSchedule", {"Name": "nightly"},
         ["scheduler:GetSchedule scheduler schedule/default/nightly"]),
        ("scheduler", "CreateSchedule",
         {"Name": "nightly", "GroupName": "shop", "Target": {"Arn": MACHINE, "RoleArn": ROLE}},
         ["scheduler:CreateSchedule scheduler schedule/shop/nightly", PASSED]),
        ("scheduler", "DeleteScheduleGroup", {"Name": "shop"},
         ["scheduler:DeleteScheduleGroup scheduler schedule-group/shop"]),
        ("events", "PutRule", {"Name": "late"}, ["events:PutRule events rule/late"]),
        ("events", "DescribeRule", {"Name": "late", "EventBusName": "default"},
         ["events:DescribeRule events rule/late"]),
        ("events", "DescribeRule", {"Name": "late", "EventBusName": arn("events", "event-bus/own")},
         ["events:DescribeRule events rule/own/late"]),
        ("events", "PutTargets",
         {"Rule": "late", "Targets": [{"Id": "1", "Arn": MACHINE, "RoleArn": ROLE}]},
         ["events:PutTargets events rule/late", PASSED]),
        ("events", "PutEvents", {"Entries": [{"Source": "a"}, {"EventBusName": "own"}]},
         ["events:PutEvents events event-bus/default", "events:PutEvents events event-bus/own"]),
        ("sns", "Publish", {"TopicArn": TOPIC}, ["sns:Publish sns news"]),
        ("sns", "PublishBatch", {"TopicArn": TOPIC}, ["sns:Publish sns news"]),
        ("sns", "CreateTopic", {"Name": "news"}, ["sns:CreateTopic sns news"]),
        ("sns", "ListTopics", {}, ["sns:ListTopics *"]),
        ("sqs", "SendMessageBatch", {"QueueUrl": "http://localhost:4566/123456789012/orders"},
         ["sqs:SendMessage sqs orders"]),
        ("sqs", "DeleteMessage", {"QueueUrl": "https://sqs.eu-west-1.amazonaws.com/210987654321/q"},
         ["sqs:DeleteMessage arn:aws:sqs:eu-west-1:210987654321:q"]),
        ("sqs", "GetQueueUrl", {"QueueName": "orders"}, ["sqs:GetQueueUrl sqs orders"]),
        ("sqs", "ListQueues", {}, ["sqs:ListQueues *"]),
        ("cloudwatch", "PutMetricData", {"Namespace": "Retune"}, ["cloudwatch:PutMetricData *"]),
        ("cloudwatch", "GetMetricData", {}, ["cloudwatch:GetMetricData *"]),
        ("cloudwatch", "PutMetricAlarm", {"AlarmName": "late"},
         ["cloudwatch:PutMetricAlarm cloudwatch alarm:late"]),
        ("cloudwatch", "DescribeAlarms", {"AlarmNames": ["a", "b"]},
         ["cloudwatch:DescribeAlarms cloudwatch alarm:a",
          "cloudwatch:DescribeAlarms cloudwatch alarm:b"]),
        ("cloudwatch", "PutMetricAlarm", {}, ["cloudwatch:PutMetricAlarm cloudwatch alarm:"]),
        ("cloudwatch", "DescribeAlarms", {}, ["cloudwatch:DescribeAlarms cloudwatch alarm:*"]),
        ("ssm", "GetParameter", {"Name": "/retune/champion:3"},
         ["ssm:GetParameter ssm parameter/retune/champion"]),
        ("ssm", "GetParameters", {"Names": ["a", "/b/c"]},
         ["ssm:GetParameters ssm parameter/a", "ssm:GetParameters ssm parameter/b/c"]),
        # Denials name the path itself, without its last slash.
        ("ssm", "GetParametersByPath", {"Path": "/retune/"},
         ["ssm:GetParametersByPath ssm parameter/retune"]),
        # The id of a target is not known to the caller: denials name scalable-target/*.
        ("application-autoscaling", "DeregisterScalableTarget",
         {"ServiceNamespace": "sagemaker", "ResourceId": "endpoint/shop/variant/one"},
         ["application-autoscaling:DeregisterScalableTarget"
          " application-autoscaling scalable-target/*"]),
        ("service-quotas", "ListServiceQuotas", {"ServiceCode": "sagemaker"},
         ["servicequotas:ListServiceQuotas *"]),
        ("service-quotas", "GetServiceQuota", {"ServiceCode": "sagemaker", "QuotaCode": "L-1"},
         ["servicequotas:GetServiceQuota servicequotas sagemaker/L-1"]),
        ("pricing", "GetProducts", {"ServiceCode": "AmazonSageMaker"}, ["pricing:GetProducts *"]),
        ("ce", "GetCostAndUsage", {}, ["ce:GetCostAndUsage *"]),
        ("xray", "PutTraceSegments", {}, ["xray:PutTraceSegments *"]),
        ("sts", "GetCallerIdentity", {}, []),
        ("sts", "AssumeRole", {"RoleArn": ROLE}, [f"sts:AssumeRole {ROLE}"]),
        ("dynamodb", "GetItem", {"TableName": "t"}, ["dynamodb:GetItem dynamodb table/t"]),
        ("ecr", "DescribeImages", {"repositoryName": "own/image"},
         ["ecr:DescribeImages ecr repository/own/image"]),
        ("ecr", "GetAuthorizationToken", {}, ["ecr:GetAuthorizationToken *"]),
    ],
)  # fmt: skip
def test_what_a_call_needs(
    service: str, operation: str, parameters: dict[str, Any], needed: list[str]
) -> None:
    assert permissions(service, operation, **parameters) == needed


def test_other_partitions_have_their_own_arns() -> None:
    (need,) = needs_of("sns", "CreateTopic", {"Name": "news"}, "cn-north-1", "123456789012")

    assert need.resource == "arn:aws-cn:sns:cn-north-1:123456789012:news"


def test_an_operation_that_the_reference_does_not_know_is_its_own_action() -> None:
    assert permissions("sagemaker", "CreateTrainingSession") == [
        "sagemaker:CreateTrainingSession *"
    ]
