"""Has the logs of SageMaker expire, whose groups SageMaker makes itself."""

from aws_cdk import Duration, aws_iam, aws_lambda
from constructs import Construct

from configuration.settings import Settings
from stacks.function_schedule import FunctionSchedule
from stacks.functions import Functions
from stacks.resource_names import ResourceNames

_FUNCTION = "ExpireLogs"


class LogExpiry(FunctionSchedule):
    """The function ExpireLogs and its schedule: every day, since endpoints and groups come anew.

    A group is not the stack's to make: it may be there, and then CloudFormation fails.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        functions: Functions,
        names: ResourceNames,
    ) -> None:
        self.function: aws_lambda.Function = functions.add(
            _FUNCTION,
            statements=_expire(names),
            environment={
                "SAGEMAKER_LOG_RETENTION_DAYS": str(settings.sagemaker_log_retention_days)
            },
        )
        super().__init__(
            scope,
            id,
            settings=settings,
            function=self.function,
            # No model is named like this: their names have no capitals.
            name=f"{settings.name_prefix}-{_FUNCTION}",
            description="Has the logs of SageMaker's jobs and endpoints expire",
            every=Duration.days(1),
        )


def _expire(names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Groups are looked for by how their names begin, which the permission cannot be bound to."""
    return [
        aws_iam.PolicyStatement(
            actions=["logs:DescribeLogGroups"], resources=[names.log_group("*")]
        ),
        aws_iam.PolicyStatement(
            actions=["logs:PutRetentionPolicy"],
            resources=[
                arn
                for group in names.sagemaker_logs
                for arn in (names.log_group(group), f"{names.log_group(group)}:*")
            ],
        ),
    ]
