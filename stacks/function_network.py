"""The VPC in which functions run, where the settings name one."""

from aws_cdk import aws_iam, aws_lambda

from configuration.settings import Settings

# "Giving Lambda functions access to resources in an Amazon VPC" of the Lambda developer guide.
_INTERFACES = [
    "ec2:AssignPrivateIpAddresses",
    "ec2:CreateNetworkInterface",
    "ec2:DeleteNetworkInterface",
    "ec2:DescribeNetworkInterfaces",
    "ec2:DescribeSubnets",
    "ec2:UnassignPrivateIpAddresses",
]


def join_network(function: aws_lambda.CfnFunction, settings: Settings) -> None:
    """By ids, since the CDK's own way wants to know the whole VPC."""
    if settings.vpc_subnets:
        function.vpc_config = aws_lambda.CfnFunction.VpcConfigProperty(
            subnet_ids=settings.vpc_subnets, security_group_ids=settings.vpc_security_groups
        )


def make_interfaces(settings: Settings, function_arn: str) -> list[aws_iam.PolicyStatement]:
    """What Lambda does with the function's role, and its code must not."""
    if not settings.vpc_subnets:
        return []
    return [
        aws_iam.PolicyStatement(actions=_INTERFACES, resources=["*"]),
        aws_iam.PolicyStatement(
            effect=aws_iam.Effect.DENY,
            actions=_INTERFACES,
            resources=["*"],
            conditions={"ArnEquals": {"lambda:SourceFunctionArn": function_arn}},
        ),
    ]
