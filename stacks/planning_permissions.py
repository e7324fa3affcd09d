"""What PlanTuning may ask before a run, and ListModels before a fleet."""

from aws_cdk import aws_iam, aws_s3_assets

from stacks.resource_names import ResourceNames


def list_quotas() -> aws_iam.PolicyStatement:
    """What the account may have; listing knows no resources."""
    return aws_iam.PolicyStatement(actions=["servicequotas:ListServiceQuotas"], resources=["*"])


def ask_prices() -> aws_iam.PolicyStatement:
    """What the price table does not have; prices know no resources."""
    return aws_iam.PolicyStatement(actions=["pricing:GetProducts"], resources=["*"])


def look_at_executions(names: ResourceNames) -> aws_iam.PolicyStatement:
    """Whether another run of the same endpoint goes on."""
    return aws_iam.PolicyStatement(
        actions=["states:DescribeExecution"], resources=[names.executions]
    )


def copy_program(program: aws_s3_assets.Asset) -> aws_iam.PolicyStatement:
    """Into the folder of a run, whose training role reads it there."""
    return aws_iam.PolicyStatement(
        actions=["s3:GetObject"],
        resources=[program.bucket.arn_for_objects(program.s3_object_key)],
    )
