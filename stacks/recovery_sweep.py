"""Looks every hour for executions whose end no event has announced."""

from aws_cdk import Duration, aws_lambda
from constructs import Construct

from stacks.function_schedule import FunctionSchedule


class RecoverySweep(FunctionSchedule):
    """The schedule of the function SweepExecutions."""

    def __init__(
        self, scope: Construct, id: str, *, function: aws_lambda.IFunction, prefix: str
    ) -> None:
        super().__init__(
            scope,
            id,
            function=function,
            name=f"{prefix}-sweep",
            description="Recovers executions whose end no event has announced",
            every=Duration.hours(1),
        )
