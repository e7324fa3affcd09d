"""What StartDueModels may do besides reading the models."""

from aws_cdk import aws_iam, aws_s3

from stacks.resource_names import ResourceNames


def start_due_models(bucket: aws_s3.IBucket, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Without s3:ListBucket, S3 denies what is not there."""
    return [
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject", "s3:PutObject"],
            resources=[bucket.arn_for_objects("endpoints/last-look.txt")],
        ),
        aws_iam.PolicyStatement(actions=["states:StartExecution"], resources=[names.state_machine]),
    ]
