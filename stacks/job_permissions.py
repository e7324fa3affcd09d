"""What functions may do that read tuning and training jobs, and their logs."""

from aws_cdk import aws_iam

from stacks.resource_names import ResourceNames


def read_jobs(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=[
            "sagemaker:DescribeHyperParameterTuningJob",
            "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
            "sagemaker:DescribeTrainingJob",
        ],
        resources=[names.tuning_jobs, names.training_jobs],
    )


def list_trials(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=["sagemaker:ListTrainingJobsForHyperParameterTuningJob"],
        resources=[names.tuning_jobs],
    )


def read_tuning_jobs(names: ResourceNames) -> aws_iam.PolicyStatement:
    return aws_iam.PolicyStatement(
        actions=[
            "sagemaker:DescribeHyperParameterTuningJob",
            "sagemaker:ListTrainingJobsForHyperParameterTuningJob",
        ],
        resources=[names.tuning_jobs],
    )


def find_tuning_jobs(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Of an execution, or that a warm start may learn from; listing knows no resources."""
    return [
        read_tuning_jobs(names),
        aws_iam.PolicyStatement(
            actions=["sagemaker:ListHyperParameterTuningJobs"], resources=["*"]
        ),
    ]


def read_training_logs(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Of its own jobs; what streams a log has can be asked of the whole group alone."""
    return [
        aws_iam.PolicyStatement(
            actions=["logs:DescribeLogStreams"], resources=[f"{names.training_logs}:*"]
        ),
        aws_iam.PolicyStatement(
            actions=["logs:GetLogEvents"], resources=[names.training_log_streams]
        ),
    ]
