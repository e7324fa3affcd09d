"""What MeasureModels may do: see schedules, successes and failures, and write its metrics."""

from aws_cdk import aws_iam, aws_s3
from tuning.measures.model_measures import namespace

from configuration.settings import Settings
from stacks.resource_names import ResourceNames
from stacks.run_folder_permissions import read_runs


def list_schedules() -> aws_iam.PolicyStatement:
    """It knows no resources."""
    return aws_iam.PolicyStatement(actions=["scheduler:ListSchedules"], resources=["*"])


def read_schedules(names: ResourceNames) -> aws_iam.PolicyStatement:
    """Each holds the document of its model."""
    return aws_iam.PolicyStatement(actions=["scheduler:GetSchedule"], resources=[names.schedules])


def measure(
    bucket: aws_s3.IBucket, names: ResourceNames, settings: Settings
) -> list[aws_iam.PolicyStatement]:
    """Lists of schedules and metrics know no resources; a condition binds the metrics."""
    return [
        *read_runs(bucket),
        aws_iam.PolicyStatement(
            actions=["s3:GetObject"], resources=[bucket.arn_for_objects("endpoints/*")]
        ),
        list_schedules(),
        read_schedules(names),
        aws_iam.PolicyStatement(actions=["states:ListExecutions"], resources=[names.state_machine]),
        aws_iam.PolicyStatement(actions=["states:DescribeExecution"], resources=[names.executions]),
        aws_iam.PolicyStatement(
            actions=["cloudwatch:PutMetricData"],
            resources=["*"],
            conditions={"StringEquals": {"cloudwatch:namespace": namespace(settings.name_prefix)}},
        ),
    ]
