"""What functions may do that recover executions, or look for those that need it."""

from aws_cdk import aws_iam, aws_s3

from stacks.resource_names import ResourceNames
from stacks.run_folder_permissions import read_runs, write_runs


def read_progress(bucket: aws_s3.IBucket, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """What the execution has kept, and its history."""
    return [
        *read_runs(bucket),
        aws_iam.PolicyStatement(
            actions=["states:DescribeExecution", "states:GetExecutionHistory"],
            resources=[names.executions],
        ),
    ]


def keep_record(bucket: aws_s3.IBucket, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Read and write recoveries' records, and ask whether the recovery that holds one runs."""
    return [
        *read_runs(bucket),
        write_runs(bucket),
        aws_iam.PolicyStatement(actions=["states:DescribeExecution"], resources=[names.recoveries]),
    ]


def sweep(bucket: aws_s3.IBucket, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Find executions that are over, read their records, start the recovery machine."""
    return [
        *read_runs(bucket),
        aws_iam.PolicyStatement(actions=["states:ListExecutions"], resources=[names.state_machine]),
        aws_iam.PolicyStatement(
            actions=["states:DescribeStateMachine", "states:StartExecution"],
            resources=[names.recovery_machine],
        ),
    ]
