"""Starts the workflow at set times."""

import json

from aws_cdk import Duration, TimeZone, aws_iam, aws_scheduler, aws_sqs
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct

from stacks.settings import Settings


class RetuneSchedule(Construct):
    """An EventBridge Scheduler schedule; a start that fails for an hour goes to the queue."""

    def __init__(
        self, scope: Construct, id: str, *, settings: Settings, workflow: sfn.IStateMachine
    ) -> None:
        super().__init__(scope, id)
        self.undelivered = aws_sqs.Queue(
            self,
            "Undelivered",
            enforce_ssl=True,
            encryption=aws_sqs.QueueEncryption.SQS_MANAGED,
            retention_period=Duration.days(14),
        )
        role = aws_iam.Role(
            self,
            "Role",
            assumed_by=aws_iam.ServicePrincipal("scheduler.amazonaws.com"),
            description="Retune: the schedule",
        )
        aws_scheduler.Schedule(
            self,
            "Schedule",
            schedule_name=settings.name_prefix,
            description="Starts Retune's workflow",
            enabled=settings.schedule_enabled,
            schedule=aws_scheduler.ScheduleExpression.expression(
                settings.schedule_expression, TimeZone.of(settings.schedule_time_zone)
            ),
            target=targets.StepFunctionsStartExecution(
                workflow,
                role=role,
                input=aws_scheduler.ScheduleTargetInput.from_text(
                    json.dumps(settings.schedule_input)
                ),
                dead_letter_queue=self.undelivered,
                retry_attempts=5,
                max_event_age=Duration.hours(1),
            ),
        )
