"""What functions may do in the Model Registry, and with the decisions that people make there."""

from aws_cdk import aws_iam

from stacks.resource_names import ResourceNames


def register(names: ResourceNames) -> aws_iam.PolicyStatement:
    """The group is checked for both; its tags are set when it is created."""
    return aws_iam.PolicyStatement(
        actions=[
            "sagemaker:CreateModelPackageGroup",
            "sagemaker:CreateModelPackage",
            "sagemaker:AddTags",
        ],
        resources=[names.model_package_group, names.model_packages],
    )


def hear_a_decision(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Whether a version is approved, and let the execution that waits for it go on."""
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeModelPackage"], resources=[names.model_packages]
        ),
        aws_iam.PolicyStatement(
            actions=["states:SendTaskSuccess", "states:SendTaskFailure"],
            resources=[names.state_machine],
        ),
    ]


def tell_of_rollback(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Approve what serves again and reject the other; listing knows no resources."""
    return [
        aws_iam.PolicyStatement(actions=["sagemaker:ListModelPackages"], resources=["*"]),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeModelPackage", "sagemaker:UpdateModelPackage"],
            resources=[names.model_packages],
        ),
    ]
