"""What functions may do in runs/ and endpoints/ of the data bucket, where each has its folder."""

from aws_cdk import aws_iam, aws_s3


def read_runs(bucket: aws_s3.IBucket) -> list[aws_iam.PolicyStatement]:
    """Without s3:ListBucket, S3 denies what is not there."""
    return [
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject"], resources=[bucket.arn_for_objects("runs/*")]
        ),
    ]


def read_file(bucket: aws_s3.IBucket, name: str) -> list[aws_iam.PolicyStatement]:
    """One file of each execution's folder. Without s3:ListBucket, S3 denies what is not there."""
    return [
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject"], resources=[bucket.arn_for_objects(f"runs/*/{name}")]
        ),
    ]


def write_file(bucket: aws_s3.IBucket, name: str) -> aws_iam.PolicyStatement:
    """The same file."""
    return aws_iam.PolicyStatement(
        actions=["s3:PutObject"], resources=[bucket.arn_for_objects(f"runs/*/{name}")]
    )


def write_runs(bucket: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """Plan, deployment, verdict, report and the other files that an execution keeps."""
    return aws_iam.PolicyStatement(
        actions=["s3:PutObject"], resources=[bucket.arn_for_objects("runs/*")]
    )


def write_reports(bucket: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """Of the files that an execution keeps, those that people read and no other state does."""
    return aws_iam.PolicyStatement(
        actions=["s3:PutObject"],
        resources=[bucket.arn_for_objects(f"runs/*/{file}.*") for file in ("report", "trials")],
    )


def discard_brought_models(bucket: aws_s3.IBucket) -> list[aws_iam.PolicyStatement]:
    """Of `retune import`, when its run was refused: unless the name had a plan before."""
    return [
        *read_file(bucket, "plan.json"),
        aws_iam.PolicyStatement(
            actions=["s3:DeleteObject"], resources=[bucket.arn_for_objects("runs/*/import/*")]
        ),
    ]


def read_earlier_runs(bucket: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """Which tuning jobs an endpoint has had, and what its last run was given.

    A rollback keeps the latter. Without s3:ListBucket, S3 denies what is not there.
    """
    files = ("tuning-jobs.json", "last-run.json")
    return aws_iam.PolicyStatement(
        actions=["s3:GetObject"],
        resources=[bucket.arn_for_objects(f"endpoints/*/{file}") for file in files],
    )


def share_endpoint_files(bucket: aws_s3.IBucket) -> aws_iam.PolicyStatement:
    """Which run goes on, what the last was given, what a config takes, how often rows judged."""
    return aws_iam.PolicyStatement(
        actions=["s3:PutObject"], resources=[bucket.arn_for_objects("endpoints/*")]
    )
