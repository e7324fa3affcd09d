"""A rate of EventBridge Scheduler that begins at a date, and an update that begins it anew."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from retune.acceptance.machines import create_machine, machine_role
from retune.acceptance.scenario import Observation, Scenario, equals
from retune.acceptance.stage import Stage


def play(stage: Stage) -> Iterator[Observation]:
    scheduler = stage.client("scheduler")
    machine = create_machine(stage, {"Done": {"Type": "Succeed"}})
    start = datetime.now(UTC).replace(microsecond=0) + timedelta(
        seconds=10 if stage.is_local else 120
    )
    schedule = _schedule(stage, machine, start)
    scheduler.create_schedule(**schedule)
    made = scheduler.get_schedule(Name=schedule["Name"])["CreationDate"]
    later = start + timedelta(seconds=5 if stage.is_local else 60)
    scheduler.update_schedule(**{**schedule, "StartDate": later})
    found = scheduler.get_schedule(Name=schedule["Name"])
    dates = (found["CreationDate"], found["StartDate"])
    yield equals("schedule-start-date", _told(made, later), _told(*dates))

    def first() -> datetime | None:
        runs = stage.client("stepfunctions").list_executions(stateMachineArn=machine)["executions"]
        return runs[0]["startDate"] if runs else None

    late = (stage.until("the first execution", first) - later).total_seconds()
    scheduler.delete_schedule(Name=schedule["Name"])
    yield equals("schedule-start-date", "within a minute of StartDate", _when(late))


def _told(made: datetime, start: datetime) -> str:
    return f"made {made.astimezone(UTC):%H:%M:%S}, first at {start.astimezone(UTC):%H:%M:%S}"


def _when(late: float) -> str:
    return "within a minute of StartDate" if 0 <= late < 60 else f"{late:.0f} s after StartDate"


def _schedule(stage: Stage, machine: str, start: datetime) -> dict[str, Any]:
    return {
        "Name": stage.name("schedule"),
        "ScheduleExpression": "rate(1 hour)",
        "StartDate": start,
        "FlexibleTimeWindow": {"Mode": "OFF"},
        "Target": {"Arn": machine, "RoleArn": machine_role(stage), "Input": json.dumps({})},
    }


SCENARIO = Scenario(
    name="schedules",
    about="a rate of EventBridge Scheduler that begins at a date",
    claims=("schedule-start-date",),
    minutes=10,
    play=play,
)
