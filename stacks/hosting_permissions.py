"""What functions may do that make models and bring them to the endpoint."""

from collections.abc import Sequence

from aws_cdk import Stack, aws_iam

from configuration.settings import Settings
from stacks.resource_names import ResourceNames
from stacks.tag_conditions import as_it_is_made


def create_model(names: ResourceNames, roles: list[str]) -> list[aws_iam.PolicyStatement]:
    """SageMaker runs the model with a training role, which is passed to it."""
    return [
        *_make(names, "CreateModel", [names.models]),
        pass_roles(roles),
    ]


def _make(
    names: ResourceNames, operation: str, resources: list[str], *, of: Sequence[str] = ()
) -> list[aws_iam.PolicyStatement]:
    """Make what has the tag, `of` other things, which are checked too."""
    return [
        aws_iam.PolicyStatement(
            actions=[f"sagemaker:{operation}"],
            resources=[*resources, *of],
            conditions=names.tagged.made_with_it,
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:AddTags"],
            resources=resources,
            conditions=as_it_is_made(operation),
        ),
    ]


def pass_roles(arns: list[str]) -> aws_iam.PolicyStatement:
    """Hands SageMaker the role that it is to act with, one of these."""
    return aws_iam.PolicyStatement(
        actions=["iam:PassRole"],
        resources=arns,
        conditions={"StringEquals": {"iam:PassedToService": "sagemaker.amazonaws.com"}},
    )


def list_endpoints() -> aws_iam.PolicyStatement:
    """It knows no resources."""
    return aws_iam.PolicyStatement(actions=["sagemaker:ListEndpoints"], resources=["*"])


def read_endpoint_tags(names: ResourceNames) -> aws_iam.PolicyStatement:
    """Of which deployment an endpoint is."""
    return aws_iam.PolicyStatement(actions=["sagemaker:ListTags"], resources=names.endpoints)


def look_at_endpoint(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["sagemaker:DescribeEndpoint"], resources=names.endpoints
    )


def invoke_endpoint(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["sagemaker:InvokeEndpoint"],
        resources=names.endpoints,
        conditions=names.tagged.not_of_others,
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


def create_endpoint_config(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    return _make(names, "CreateEndpointConfig", [names.endpoint_configs])


def update_endpoint(names: ResourceNames) -> aws_iam.PolicyStatement:
    """One that a person has made has no tag. The config is checked besides, by its own tag."""
    return aws_iam.PolicyStatement(
        actions=["sagemaker:UpdateEndpoint"],
        resources=names.endpoints,
        conditions=names.tagged.not_of_others,
    )


def deploy(names: ResourceNames, alarm_arns: list[str]) -> list[aws_iam.PolicyStatement]:
    """CreateEndpoint, as UpdateEndpoint, is checked against endpoint and config alike.

    UpdateEndpoint looks at the alarms of a rollout; other alarms need a permission of theirs. A
    config that serves is asked which execution has made it, and that execution how it is.
    """
    return [
        *_make(names, "CreateEndpoint", names.endpoints, of=[names.endpoint_configs]),
        update_endpoint(names),
        aws_iam.PolicyStatement(
            actions=["sagemaker:UpdateEndpoint"],
            resources=[names.endpoint_configs],
            conditions=names.tagged.own,
        ),
        aws_iam.PolicyStatement(actions=["cloudwatch:DescribeAlarms"], resources=alarm_arns),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeEndpointConfig", "sagemaker:ListTags"],
            resources=[names.endpoint_configs],
        ),
        aws_iam.PolicyStatement(actions=["states:DescribeExecution"], resources=[names.executions]),
    ]


def grant_key(settings: Settings) -> list[aws_iam.PolicyStatement]:
    """SageMaker lets the instances of an endpoint use the key of its config for whoever asks.

    "SageMaker API Permissions" of the developer guide, at CreateEndpoint.
    """
    if settings.kms_key is None:
        return []
    return [
        aws_iam.PolicyStatement(
            actions=["kms:CreateGrant"],
            resources=[settings.kms_key],
            conditions={"Bool": {"kms:GrantIsForAWSResource": "true"}},
        )
    ]


def scale(stack: Stack, names: ResourceNames, prefix: str) -> list[aws_iam.PolicyStatement]:
    """Application Auto Scaling acts through a role of its own, which the first call makes.

    It first asks in the caller's name whether the caller might do all that itself, with requests
    that can change nothing: DescribeAlarms of any alarm, PutMetricAlarm and DeleteAlarms without a
    name, DescribeEndpointConfig of a random one. What is refused there it names in a
    ValidationException (Application Auto Scaling user guide, "Permissions validation"; for the
    random name aws-controllers-k8s/community#2110).
    """
    service = "sagemaker.application-autoscaling.amazonaws.com"
    alarms = [f"TargetTracking-endpoint/{name}" for name in (f"{prefix}/*", f"{prefix}-*")]
    return [
        _scalable_targets(stack, "RegisterScalableTarget", "PutScalingPolicy"),
        aws_iam.PolicyStatement(
            actions=["cloudwatch:PutMetricAlarm", "cloudwatch:DeleteAlarms"],
            resources=[
                stack.format_arn(service="cloudwatch", resource=f"alarm:{name}")
                for name in ("", *alarms)
            ],
        ),
        aws_iam.PolicyStatement(actions=["cloudwatch:DescribeAlarms"], resources=["*"]),
        look_at_endpoint(names),
        aws_iam.PolicyStatement(
            actions=["sagemaker:UpdateEndpointWeightsAndCapacities"],
            resources=names.endpoints,
            conditions=names.tagged.not_of_others,
        ),
        read_any_config(names),
        aws_iam.PolicyStatement(
            actions=["iam:CreateServiceLinkedRole"],
            resources=[f"arn:{stack.partition}:iam::*:role/aws-service-role/{service}/*"],
            conditions={"StringEquals": {"iam:AWSServiceName": service}},
        ),
    ]


def forget_scalable_target(stack: Stack) -> aws_iam.PolicyStatement:
    """DeleteEndpoint deregisters the target of a scaled variant in the caller's name.

    Without this right it refuses (awslabs/stable-diffusion-aws-extension#161).
    """
    return _scalable_targets(stack, "DeregisterScalableTarget")


def _scalable_targets(stack: Stack, *operations: str) -> aws_iam.PolicyStatement:
    """A target's ARN has an id that nobody chooses."""
    return aws_iam.PolicyStatement(
        actions=[f"application-autoscaling:{operation}" for operation in operations],
        resources=[
            stack.format_arn(
                service="application-autoscaling", resource="scalable-target", resource_name="*"
            )
        ],
        conditions={"StringEquals": {"application-autoscaling:service-namespace": "sagemaker"}},
    )
