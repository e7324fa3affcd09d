"""What functions may do to count what the runs of an endpoint cost."""

from aws_cdk import aws_iam, aws_s3

from stacks.resource_names import ResourceNames

_MONTHS = "endpoints/*/costs/*"


def read_bills(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """What jobs are billed for; listing them knows no resources."""
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:ListTrainingJobs", "sagemaker:ListProcessingJobs"], resources=["*"]
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeTrainingJob", "sagemaker:DescribeProcessingJob"],
            resources=[names.training_jobs, names.processing_jobs],
        ),
    ]


def read_month(bucket: aws_s3.IBucket) -> list[aws_iam.PolicyStatement]:
    """What an endpoint's runs of a month have cost. Without s3:ListBucket, S3 denies what is not
    there."""
    return [
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject"], resources=[bucket.arn_for_objects(_MONTHS)]
        ),
    ]


def keep_month(bucket: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """For who keeps no other file of endpoints/."""
    return aws_iam.PolicyStatement(
        actions=["s3:PutObject"], resources=[bucket.arn_for_objects(_MONTHS)]
    )
