"""The schedules as the clock sees them: each is delivered by a thread of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from moto.scheduler.models import Schedule, scheduler_backends

from local_sagemaker.process import background_work
from local_sagemaker.services.clock import Timed
from local_sagemaker.services.scheduler.expression import NextTime, next_time

Deliver = Callable[[Schedule, datetime], None]


def timed_schedules(deliver: Deliver) -> Iterator[Timed]:
    """The enabled schedules of every account and region."""
    for regions in list(scheduler_backends.values()):
        for backend in list(regions.values()):
            for group in list(backend.schedule_groups.values()):
                for schedule in list(group.schedules.values()):
                    if schedule.state != "DISABLED":
                        yield _timed(schedule, deliver)


def _timed(schedule: Schedule, deliver: Deliver) -> Timed:
    def times(_: datetime) -> tuple[NextTime, datetime | None]:
        made = datetime.fromtimestamp(float(schedule.last_modified_date), UTC)
        start = _moment(schedule.start_date) or made
        following = next_time(
            schedule.schedule_expression, schedule.schedule_expression_timezone, start
        )
        return following, following(max(start, made))

    def fire(due: datetime) -> None:
        end = _moment(schedule.end_date)
        if end is None or due <= end:
            background_work.begin(f"schedule {schedule.name}", deliver, schedule, due)

    version = (
        schedule.schedule_expression,
        schedule.schedule_expression_timezone,
        schedule.start_date,
        schedule.last_modified_date,
    )
    return Timed(schedule.arn, version, times, fire)


def _moment(epoch_seconds: Any) -> datetime | None:
    return None if epoch_seconds is None else datetime.fromtimestamp(float(epoch_seconds), UTC)
