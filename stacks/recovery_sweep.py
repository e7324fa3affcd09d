"""Looks every hour for executions whose end no event has announced."""

from aws_cdk import Duration, aws_iam, aws_lambda, aws_scheduler
from aws_cdk import aws_scheduler_targets as targets
from constructs import Construct


class RecoverySweep(Construct):
    """An EventBridge Scheduler schedule of the function SweepExecutions.

    A sweep that fails is made good by the next one, so that there is no queue.
    """

    def __init__(
        self, scope: Construct, id: str, *, function: aws_lambda.IFunction, prefix: str
    ) -> None:
        super().__init__(scope, id)
        role = aws_iam.Role(
            self,
            "Role",
            assumed_by=aws_iam.ServicePrincipal("scheduler.amazonaws.com"),
            description="Retune: the schedule of the sweep",
        )
        aws_scheduler.Schedule(
            self,
            "Schedule",
            schedule_name=f"{prefix}-sweep",
            description="Recovers executions whose end no event has announced",
            schedule=aws_scheduler.ScheduleExpression.rate(Duration.hours(1)),
            target=targets.LambdaInvoke(function, role=role, retry_attempts=0),
        )
