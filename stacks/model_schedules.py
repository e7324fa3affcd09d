"""Every model that is kept tuned: a schedule each, which holds the model's document."""

import json
from collections.abc import Sequence

from aws_cdk import Duration, TimeZone, aws_scheduler
from aws_cdk import aws_scheduler_targets as targets
from aws_cdk import aws_stepfunctions as sfn
from constructs import Construct
from tuning.execution_input.model import Schedule
from tuning.names import endpoint_alarms

from configuration.models import Model
from configuration.settings import Settings
from stacks import trust
from stacks.dead_letter_queue import dead_letter_queue, use_queue_key
from stacks.endpoint_alarms import EndpointAlarms
from stacks.service_role import service_role

# The schedule of a model without one is turned off: it is there for the document that it holds.
NEVER = Schedule.model_validate({"Expression": "rate(365 days)", "State": "DISABLED"})


class ModelSchedules(Construct):
    """A schedule and the endpoint's alarms for each model; all share a role and a queue.

    A start that fails for an hour goes to the queue.
    """

    def __init__(
        self,
        scope: Construct,
        id: str,
        *,
        settings: Settings,
        models: Sequence[Model],
        workflow: sfn.IStateMachine,
    ) -> None:
        super().__init__(scope, id)
        self._settings, self._workflow = settings, workflow
        self.undelivered = dead_letter_queue(self, settings)
        self._role = service_role(
            self,
            "Role",
            given=settings.start_role_arn,
            assumed_by=trust.schedules(self),
            description="Retune: the schedules of models",
            statements=use_queue_key(settings),
        )
        for model in models:
            self._add(model)

    def _add(self, model: Model) -> None:
        scope, prefix = Construct(self, model.name), self._settings.name_prefix
        schedule = model.schedule or NEVER
        EndpointAlarms(
            scope,
            "EndpointAlarms",
            settings=self._settings,
            endpoint=model.endpoint,
            names=endpoint_alarms(prefix, model.name),
        )
        aws_scheduler.Schedule(
            scope,
            "Schedule",
            schedule_name=f"{prefix}-{model.name}",
            description=f"Retune: the model {model.name}",
            enabled=schedule.state == "ENABLED" and self._settings.schedules_enabled,
            schedule=aws_scheduler.ScheduleExpression.expression(
                schedule.expression, TimeZone.of(schedule.time_zone)
            ),
            target=targets.StepFunctionsStartExecution(
                self._workflow,
                role=self._role,
                input=aws_scheduler.ScheduleTargetInput.from_text(json.dumps(model.document)),
                dead_letter_queue=self.undelivered,
                retry_attempts=5,
                max_event_age=Duration.hours(1),
            ),
        )
