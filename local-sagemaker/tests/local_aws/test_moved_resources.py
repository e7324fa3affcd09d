"""A resource that moves to another logical id keeps its name, and is in its own way.

CloudFormation makes what is new before it removes what has gone. Where both have one name the
update fails with "already exists", and the stack is as it was before.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws

from tests.local_aws import stacks
from tests.local_sagemaker.roles import make_role

NAMING = {"Capabilities": ["CAPABILITY_NAMED_IAM"]}
ROLE = "arn:aws:iam::123456789012:role/moved"
TRUST = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Principal": {"Service": "lambda.amazonaws.com"},
            "Action": "sts:AssumeRole",
        }
    ],
}
TARGET = {"Arn": "arn:aws:sqs:us-east-1:123456789012:moved", "RoleArn": ROLE}
ALARM = {
    "MetricName": "Calls",
    "Namespace": "Moved",
    "Statistic": "Sum",
    "Period": 60,
    "EvaluationPeriods": 1,
    "Threshold": 1,
    "ComparisonOperator": "GreaterThanThreshold",
}
SCHEDULE = {
    "ScheduleExpression": "rate(1 day)",
    "FlexibleTimeWindow": {"Mode": "OFF"},
    "Target": TARGET,
}
NAMED: dict[str, dict[str, Any]] = {
    "AWS::CloudWatch::Alarm": {"AlarmName": "moved", **ALARM},
    "AWS::CloudWatch::Dashboard": {"DashboardName": "moved", "DashboardBody": "{}"},
    "AWS::Events::Rule": {"Name": "moved", "ScheduleExpression": "rate(1 day)"},
    "AWS::IAM::ManagedPolicy": {
        "ManagedPolicyName": "moved",
        "PolicyDocument": {
            "Version": "2012-10-17",
            "Statement": [{"Effect": "Allow", "Action": "s3:GetObject", "Resource": "*"}],
        },
    },
    "AWS::IAM::Role": {"RoleName": "moved-role", "AssumeRolePolicyDocument": TRUST},
    "AWS::Logs::LogGroup": {"LogGroupName": "/moved"},
    "AWS::S3::Bucket": {"BucketName": "moved-bucket"},
    "AWS::SageMaker::ModelPackageGroup": {"ModelPackageGroupName": "moved"},
    "AWS::Scheduler::Schedule": {"Name": "moved", **SCHEDULE},
    "AWS::Scheduler::ScheduleGroup": {"Name": "moved"},
    "AWS::SNS::Topic": {"TopicName": "moved"},
    "AWS::SQS::Queue": {"QueueName": "moved"},
    "AWS::SSM::Parameter": {"Name": "moved", "Type": "String", "Value": "1"},
    "AWS::SecretsManager::Secret": {"Name": "moved", "SecretString": "1"},
    "AWS::StepFunctions::StateMachine": {
        "StateMachineName": "moved",
        "RoleArn": ROLE,
        "DefinitionString": json.dumps({"StartAt": "A", "States": {"A": {"Type": "Succeed"}}}),
    },
    "AWS::Lambda::Function": {
        "FunctionName": "moved",
        "Runtime": "python3.12",
        "Handler": "index.handler",
        "Role": ROLE,
        "Code": {"ZipFile": "def handler(event, context): return 1"},
    },
}


@pytest.mark.parametrize("kind", NAMED)
def test_name_that_moves_to_another_logical_id_is_refused(local_aws: LocalAws, kind: str) -> None:
    make_role(local_aws.client("iam"), ROLE)
    name = stacks.new_name("moved")
    resource = {"Type": kind, "Properties": NAMED[kind]}
    made = stacks.create(local_aws, name, {"Resources": {"Before": resource}}, **NAMING)
    assert made["StackStatus"] == "CREATE_COMPLETE", stacks.reason(local_aws, name, "Before")
    before = members(local_aws, name)
    moved = stacks.update(local_aws, name, {"Resources": {"After": resource}}, **NAMING)
    assert moved["StackStatus"] == "UPDATE_ROLLBACK_COMPLETE"
    assert "already exist" in stacks.reason(local_aws, name, "After")
    assert members(local_aws, name) == before
    stacks.delete(local_aws, name)


def members(local_aws: LocalAws, name: str) -> dict[str, str]:
    """Physical ids of what is there, by logical ids."""
    found = local_aws.client("cloudformation").list_stack_resources(StackName=name)
    return {
        each["LogicalResourceId"]: each["PhysicalResourceId"]
        for each in found["StackResourceSummaries"]
        if each["ResourceStatus"] != "DELETE_COMPLETE"
    }
