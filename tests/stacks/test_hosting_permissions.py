"""Who may touch models and endpoints: functions, each with the calls it makes and no other."""

from typing import Any

import pytest

from tests.stacks.policies import actions

CALLS = {
    "CreateModel": {
        "sagemaker:CreateModel",
        "sagemaker:AddTags",
        "iam:PassRole",
        "s3:ListBucket",
        "s3:GetObject",
        "s3:PutObject",
    },
    "FindChampion": {
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "s3:ListBucket",
    },
    "CreateEndpointConfig": {
        "sagemaker:DescribeEndpoint",
        "sagemaker:CreateEndpointConfig",
        "sagemaker:AddTags",
        "s3:PutObject",
    },
    "DeployEndpoint": {
        "sagemaker:DescribeEndpoint",
        "sagemaker:CreateEndpoint",
        "sagemaker:UpdateEndpoint",
        "sagemaker:AddTags",
        "cloudwatch:DescribeAlarms",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:ListTags",
        "states:DescribeExecution",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
    },
    "VerifyEndpoint": {
        "sagemaker:InvokeEndpoint",
        "sagemaker:DescribeEndpoint",
        "s3:GetObject",
        "s3:ListBucket",
        "s3:PutObject",
    },
    "ScaleEndpoint": {
        "application-autoscaling:RegisterScalableTarget",
        "application-autoscaling:PutScalingPolicy",
        "cloudwatch:PutMetricAlarm",
        "cloudwatch:DescribeAlarms",
        "cloudwatch:DeleteAlarms",
        "sagemaker:DescribeEndpoint",
        "sagemaker:DescribeEndpointConfig",
        "sagemaker:UpdateEndpointWeightsAndCapacities",
        "iam:CreateServiceLinkedRole",
    },
}
_EVERY_FUNCTION = ("logs:", "xray:")


@pytest.mark.parametrize(("function", "calls"), CALLS.items(), ids=CALLS.keys())
def test_function_may_make_its_calls_and_no_other(
    resources: dict[str, Any], function: str, calls: set[str]
) -> None:
    allowed = actions(resources, f"Functions{function}Role")
    assert {action for action in allowed if not action.startswith(_EVERY_FUNCTION)} == calls


def test_workflow_itself_touches_no_model_and_no_endpoint(resources: dict[str, Any]) -> None:
    allowed = actions(resources, "WorkflowRole")
    assert not [action for action in allowed if "Endpoint" in action or "Model" in action]
