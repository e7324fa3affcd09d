"""What may be done with jobs: making and stopping them, and reading them and their logs."""

from collections.abc import Sequence

from aws_cdk import aws_iam

from stacks.resource_names import ResourceNames


def create_jobs(
    names: ResourceNames, kinds: Sequence[str], resources: list[str]
) -> list[aws_iam.PolicyStatement]:
    """Of kinds such as Training. Whether Step Functions tags a job as it makes it or afterwards,
    it tags none of another deployment."""
    return [
        aws_iam.PolicyStatement(
            actions=[f"sagemaker:Create{kind}Job" for kind in kinds],
            resources=resources,
            conditions=names.tagged.made_with_it,
        ),
        aws_iam.PolicyStatement(
            actions=["sagemaker:AddTags"],
            resources=resources,
            conditions=names.tagged.not_of_others,
        ),
    ]


def run_jobs(
    names: ResourceNames, kinds: Sequence[str], resources: list[str]
) -> list[aws_iam.PolicyStatement]:
    """What `.sync` needs: create, watch, read tags and, when the execution is aborted, stop."""
    return [
        *create_jobs(names, kinds, resources),
        aws_iam.PolicyStatement(
            actions=[*(f"sagemaker:Describe{kind}Job" for kind in kinds), "sagemaker:ListTags"],
            resources=resources,
        ),
        aws_iam.PolicyStatement(
            actions=[f"sagemaker:Stop{kind}Job" for kind in kinds],
            resources=resources,
            conditions=names.tagged.own,
        ),
    ]


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
