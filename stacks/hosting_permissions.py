"""What functions may do that make models and bring them to the endpoint."""

from aws_cdk import Stack, aws_iam

from stacks.resource_names import ResourceNames


def create_model(names: ResourceNames, roles: list[str]) -> list[aws_iam.PolicyStatement]:
    """SageMaker runs the model with a training role, which is passed to it."""
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:CreateModel", "sagemaker:AddTags"], resources=[names.models]
        ),
        pass_roles(roles),
    ]


def pass_roles(arns: list[str]) -> aws_iam.PolicyStatement:
    """Hands SageMaker the role that it is to act with, one of these."""
    return aws_iam.PolicyStatement(
        actions=["iam:PassRole"],
        resources=arns,
        conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    )


def read_any_config(names: ResourceNames) -> aws_iam.PolicyStatement:
    """What serves is read under whatever name somebody gave it."""
    return aws_iam.PolicyStatement(
        actions=["sagemaker:DescribeEndpointConfig"], resources=[names.any_endpoint_config]
    )


def read_champions(names: ResourceNames) -> aws_iam.PolicyStatement:
    """Whose config and model a rollback names, and whether both are there."""
    return aws_iam.PolicyStatement(
        actions=["sagemaker:DescribeModel", "sagemaker:ListTags"],
        resources=[names.endpoint_configs, names.models],
    )


def create_endpoint_config(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["sagemaker:CreateEndpointConfig", "sagemaker:AddTags"],
        resources=[names.endpoint_configs, names.models],
    )


def deploy(names: ResourceNames, alarm_arns: list[str]) -> list[aws_iam.PolicyStatement]:
    """CreateEndpoint, as UpdateEndpoint, is checked against endpoint and config alike.

    UpdateEndpoint looks at the alarms of a rollout; other alarms need a permission of theirs. A
    config that serves is asked which execution has made it, and that execution how it is.
    """
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:CreateEndpoint", "sagemaker:UpdateEndpoint", "sagemaker:AddTags"],
            resources=[names.endpoints, names.endpoint_configs],
        ),
        aws_iam.PolicyStatement(actions=["cloudwatch:DescribeAlarms"], resources=alarm_arns),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeEndpointConfig", "sagemaker:ListTags"],
            resources=[names.endpoint_configs],
        ),
        aws_iam.PolicyStatement(actions=["states:DescribeExecution"], resources=[names.executions]),
    ]


def scale(stack: Stack, prefix: str) -> list[aws_iam.PolicyStatement]:
    """Application Auto Scaling acts through a role of its own, which the first call makes."""
    service = "sagemaker.application-autoscaling.amazonaws.com"
    return [
        aws_iam.PolicyStatement(
            actions=[
                "application-autoscaling:RegisterScalableTarget",
                "application-autoscaling:PutScalingPolicy",
            ],
            resources=[
                stack.format_arn(
                    service="application-autoscaling", resource="scalable-target", resource_name="*"
                )
            ],
            conditions={"StringEquals": {"application-autoscaling:service-namespace": "sagemaker"}},
        ),
        aws_iam.PolicyStatement(
            actions=[
                "cloudwatch:PutMetricAlarm",
                "cloudwatch:DescribeAlarms",
                "cloudwatch:DeleteAlarms",
            ],
            resources=[
                stack.format_arn(
                    service="cloudwatch", resource=f"alarm:TargetTracking-endpoint/{prefix}*"
                )
            ],
        ),
        aws_iam.PolicyStatement(
            actions=["iam:CreateServiceLinkedRole"],
            resources=[f"arn:{stack.partition}:iam::*:role/aws-service-role/{service}/*"],
            conditions={"StringEquals": {"iam:AWSServiceName": service}},
        ),
    ]
