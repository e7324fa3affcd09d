"""What StartOnArrival may do: keep the schedules of its group, and start the workflow."""

from aws_cdk import aws_iam, aws_s3

from stacks.resource_names import ResourceNames


def start_on_arrival(
    bucket: aws_s3.IBucket, names: ResourceNames, schedule_role_arn: str
) -> list[aws_iam.PolicyStatement]:
    """Without s3:ListBucket, S3 denies what is not there."""
    return [
        aws_iam.PolicyStatement(
            actions=[
                "scheduler:GetSchedule",
                "scheduler:CreateSchedule",
                "scheduler:UpdateSchedule",
                "scheduler:DeleteSchedule",
            ],
            resources=[names.waiting_starts],
        ),
        aws_iam.PolicyStatement(
            actions=["iam:PassRole"],
            resources=[schedule_role_arn],
            conditions={"StringEquals": {"iam:PassedToService": "scheduler.amazonaws.com"}},
        ),
        aws_iam.PolicyStatement(actions=["s3:ListBucket"], resources=[bucket.bucket_arn]),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject"],
            resources=[bucket.arn_for_objects("endpoints/*/running.json")],
        ),
        aws_iam.PolicyStatement(actions=["states:DescribeExecution"], resources=[names.executions]),
        aws_iam.PolicyStatement(actions=["states:StartExecution"], resources=[names.state_machine]),
    ]
