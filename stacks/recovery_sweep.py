"""Looks every hour for executions whose end no event has announced."""

from aws_cdk import Duration, aws_lambda
from constructs import Construct

from configuration.settings import Settings
from stacks.function_schedule import FunctionSchedule


class RecoverySweep(FunctionSchedule):
    """The schedule of the function SweepExecutions."""

    def __init__(
        self, scope: Construct, id: str, *, function: aws_lambda.IFunction, settings: Settings
    ) -> None:
        super().__init__(
            scope,
            id,
            settings=settings,
            function=function,
            name=f"{settings.name_prefix}-sweep",
            description="Recovers executions whose end no event has announced",
            every=Duration.hours(1),
        )
