"""Calls a function again and again."""

from collections.abc import Mapping
from typing import Any

from aws_cdk import Duration, aws_lambda, aws_scheduler
from aws_cdk import aws_scheduler_targets as targets
from constructs import Construct

from configuration.settings import Settings
from stacks import trust
from stacks.service_role import service_role


class FunctionSchedule(Construct):
    """An EventBridge Scheduler schedule of one function.

    A call that fails is made good by the next one, so that there is no queue.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        function: aws_lambda.IFunction,
        name: str,
        description: str,
        every: Duration,
        document: Mapping[str, Any] | None = None,
    ) -> None:
        """`document` is what the function is called with."""
        super().__init__(scope, id)
        role = service_role(
            self,
            "Role",
            given=settings.start_role_arn,
            assumed_by=trust.schedules(self),
            description=f"Retune: the schedule {name}",
        )
        handed = aws_scheduler.ScheduleTargetInput.from_object(document) if document else None
        self.schedule = aws_scheduler.Schedule(
            self,
            "Schedule",
            schedule_name=name,
            description=description,
            schedule=aws_scheduler.ScheduleExpression.rate(every),
            target=targets.LambdaInvoke(function, role=role, retry_attempts=0, input=handed),
        )
