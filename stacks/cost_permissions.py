"""What functions may do to count what the runs of an endpoint cost."""

from aws_cdk import aws_iam, aws_s3

from stacks.resource_names import ResourceNames


def count_costs(bucket: aws_s3.IBucket, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Read what jobs are billed for, and keep the month's file below endpoints/.

    Listing jobs knows no resources; without s3:ListBucket, S3 denies what is not there.
    """
    return [
        aws_iam.PolicyStatement(
            actions=["sagemaker:ListTrainingJobs", "sagemaker:ListProcessingJobs"], resources=["*"]
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:DescribeTrainingJob", "sagemaker:DescribeProcessingJob"],
            resources=[names.training_jobs, names.processing_jobs],
        ),
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject", "s3:PutObject"],
            resources=[bucket.arn_for_objects("endpoints/*/costs/*")],
        ),
    ]
