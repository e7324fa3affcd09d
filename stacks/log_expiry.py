"""Has the logs of SageMaker expire, whose groups SageMaker makes itself."""

from aws_cdk import Duration, aws_iam, aws_lambda
from constructs import Construct
from tuning.names import JOB_LOGS

from configuration.settings import Settings
from stacks.function_schedule import FunctionSchedule
from stacks.functions import Functions
from stacks.hosting_permissions import list_endpoints, read_endpoint_tags
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
            statements=_expire(settings, names),
            environment={name: str(days) for name, days in _days(settings).items() if days},
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


def asks_for_it(settings: Settings) -> bool:
    """Whether the settings have any log of SageMaker's expire."""
    return any(_days(settings).values())


def _days(settings: Settings) -> dict[str, int | None]:
    """By the function's variables."""
    return {
        "ENDPOINT_LOG_RETENTION_DAYS": settings.endpoint_log_retention_days,
        "ACCOUNT_JOB_LOG_RETENTION_DAYS": settings.account_job_log_retention_days,
    }


def _expire(settings: Settings, names: ResourceNames) -> list[aws_iam.PolicyStatement]:
    """Groups are looked for by how their names begin, which the permission cannot be bound to.

    What may be changed is what the settings speak of.
    """
    groups = list(JOB_LOGS) if settings.account_job_log_retention_days else []
    groups += names.endpoint_logs if settings.endpoint_log_retention_days else []
    statements = [
        aws_iam.PolicyStatement(
            actions=["logs:DescribeLogGroups"], resources=[names.log_group("*")]
        ),
        aws_iam.PolicyStatement(
            actions=["logs:PutRetentionPolicy"],
            resources=[
                arn
                for group in groups
                for arn in (names.log_group(group), f"{names.log_group(group)}:*")
            ],
        ),
    ]
    if settings.endpoint_log_retention_days:
        statements += [list_endpoints(), read_endpoint_tags(names)]
    return statements
