"""The starts of models that wait until no more objects come: a schedule each.

Its creation is when the first object came, its start date when it calls the function for the first
time, and from then on it calls again and again, until the function drops it. So nobody but the
function ever takes one away.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from tuning.arrivals.due_time import retry_minutes
from tuning.aws.clients import client
from tuning.environment import StartingEnvironment
from tuning.names import arrivals_group
from tuning.variables.arrival import TimeToStart, WaitingModel

_CALL_ID = "<aws.scheduler.execution-id>"  # Scheduler puts one in its place


@dataclass(frozen=True)
class WaitingStart:
    """Since when a model's start waits, and until when."""

    since: datetime
    due: datetime


@dataclass(frozen=True)
class WaitingStarts:
    """Of all models of a deployment; `function_arn` is what the schedules call."""

    environment: StartingEnvironment
    function_arn: str

    def find(self, model: WaitingModel) -> WaitingStart | None:
        """The start of the model that waits."""
        scheduler = client("scheduler")
        try:
            schedule = scheduler.get_schedule(**self._named(model))
        except scheduler.exceptions.ResourceNotFoundException:
            return None
        return WaitingStart(since=schedule["CreationDate"], due=schedule["StartDate"])

    def add(self, model: WaitingModel, due: datetime) -> bool:
        """False when another object of the same moment has done so."""
        scheduler = client("scheduler")
        try:
            scheduler.create_schedule(**self._schedule(model, due))
        except scheduler.exceptions.ConflictException:
            return False
        return True

    def put_off(self, model: WaitingModel, due: datetime) -> bool:
        """False when it does not wait any more, or is written by another at the same moment."""
        scheduler, errors = client("scheduler"), client("scheduler").exceptions
        try:
            scheduler.update_schedule(**self._schedule(model, due))
        except (errors.ResourceNotFoundException, errors.ConflictException):
            return False
        return True

    def drop(self, model: WaitingModel) -> None:
        """Does nothing when it is gone already."""
        scheduler = client("scheduler")
        try:
            scheduler.delete_schedule(**self._named(model))
        except scheduler.exceptions.ResourceNotFoundException:
            return

    def _named(self, model: WaitingModel) -> dict[str, str]:
        group = arrivals_group(self.environment.name_prefix)
        return {"GroupName": group, "Name": model.model_name}

    def _schedule(self, model: WaitingModel, due: datetime) -> dict[str, Any]:
        minutes, call = retry_minutes(model), TimeToStart(model=model, call_id=_CALL_ID)
        return {
            **self._named(model),
            "Description": f"Retune: data of the model {model.model_name} have arrived",
            "ScheduleExpression": f"rate({minutes} minute{'s' if minutes > 1 else ''})",
            "StartDate": due,
            "FlexibleTimeWindow": {"Mode": "OFF"},
            "Target": {
                "Arn": self.function_arn,
                "RoleArn": self.environment.schedule_role_arn,
                "Input": json.dumps(call.to_document()),
                "DeadLetterConfig": {"Arn": self.environment.undelivered_arn},
                "RetryPolicy": {"MaximumEventAgeInSeconds": 3600, "MaximumRetryAttempts": 5},
            },
        }
