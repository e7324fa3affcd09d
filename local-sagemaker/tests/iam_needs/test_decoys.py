"""What a caller writes where no resource is named takes nothing from what the call needs."""

from __future__ import annotations

from typing import Any

import pytest

from tests.iam_needs.asking import arn, permissions


@pytest.mark.parametrize(
    ("service", "operation", "parameters", "need"),
    [
        ("ssm", "PutParameter", {"Name": "/plan", "Value": arn("ssm", "parameter/mine")},
         "ssm:PutParameter ssm parameter/plan"),
        ("sagemaker", "UpdatePipeline",
         {"PipelineName": "plan", "PipelineDescription": arn("sagemaker", "pipeline/mine")},
         "sagemaker:UpdatePipeline sagemaker pipeline/plan"),
        ("events", "PutRule", {"Name": "plan", "Description": arn("events", "rule/mine")},
         "events:PutRule events rule/plan"),
        ("sqs", "SendMessage", {"QueueUrl": "plan", "QueueArn": arn("sqs", "mine")},
         "sqs:SendMessage sqs plan"),
        ("sqs", "SendMessage", {"QueueUrl": "http://x/123456789012/mine?/plan"},
         "sqs:SendMessage sqs plan"),
        ("s3", "CopyObject", {"Bucket": "b", "Key": "k", "CopySource": "data/plan?x=.csv"},
         "s3:GetObject arn:aws:s3:::data/plan"),
        ("dynamodb", "ExecuteStatement", {"Statement": "(SELECT * FROM plan)"},
         "dynamodb:PartiQLSelect dynamodb table/plan"),
    ],
    ids=["value", "description", "rule", "unknown member", "query", "copy", "parenthesis"],
)  # fmt: skip
def test_a_resource_is_asked_for_whatever_else_is_given(
    service: str, operation: str, parameters: dict[str, Any], need: str
) -> None:
    assert need in permissions(service, operation, **parameters)


def test_a_name_of_an_execution_is_no_state_machine() -> None:
    machine = arn("states", "stateMachine:shop")
    asked = permissions("stepfunctions", "StartExecution", stateMachineArn=machine, name="monday")
    assert asked == ["states:StartExecution states stateMachine:shop"]
