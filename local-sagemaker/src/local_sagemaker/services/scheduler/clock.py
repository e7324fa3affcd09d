"""Looks at the schedules twice a second and hands over what is due."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from moto.scheduler.models import Schedule, scheduler_backends

from local_sagemaker.services.scheduler.expression import NextTime, next_time

_LOOK_SECONDS = 0.5
_TICK = timedelta(seconds=1)
_logger = logging.getLogger(__name__)

Deliver = Callable[[Schedule, datetime], None]


@dataclass
class _Watched:
    """One schedule as it was when the clock first saw this version of it."""

    version: tuple[Any, ...]
    next_time: NextTime
    due: datetime | None


class Clock:
    """A thread that delivers each due schedule in a thread of its own."""

    def __init__(self, deliver: Deliver) -> None:
        self._deliver = deliver
        self._watched: dict[str, _Watched] = {}
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name="scheduler", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            try:
                self._look(datetime.now(UTC))
            except Exception:
                _logger.exception("Looking for due schedules failed")

    def _look(self, now: datetime) -> None:
        schedules = {schedule.arn: schedule for schedule in _schedules()}
        self._watched = {arn: self._watched[arn] for arn in self._watched if arn in schedules}
        for arn, schedule in schedules.items():
            watched = self._watch(arn, schedule)
            due = watched.due
            if due is None or due > now:
                continue
            watched.due = watched.next_time(max(now, due) + _TICK)
            if _is_open(schedule, due):
                arguments = (schedule, due)
                threading.Thread(target=self._deliver, args=arguments, daemon=True).start()

    def _watch(self, arn: str, schedule: Schedule) -> _Watched:
        version = (
            schedule.schedule_expression,
            schedule.schedule_expression_timezone,
            schedule.start_date,
            schedule.last_modified_date,
        )
        watched = self._watched.get(arn)
        if watched is None or watched.version != version:
            watched = _Watched(version, *_first_due(schedule))
            self._watched[arn] = watched
        return watched


def _first_due(schedule: Schedule) -> tuple[NextTime, datetime | None]:
    made = datetime.fromtimestamp(float(schedule.last_modified_date), UTC)
    start = _moment(schedule.start_date) or made
    following = next_time(
        schedule.schedule_expression, schedule.schedule_expression_timezone, start
    )
    return following, following(max(start, made))


def _is_open(schedule: Schedule, due: datetime) -> bool:
    end = _moment(schedule.end_date)
    return schedule.state != "DISABLED" and (end is None or due <= end)


def _moment(epoch_seconds: Any) -> datetime | None:
    return None if epoch_seconds is None else datetime.fromtimestamp(float(epoch_seconds), UTC)


def _schedules() -> Iterator[Schedule]:
    for regions in list(scheduler_backends.values()):
        for backend in list(regions.values()):
            for group in list(backend.schedule_groups.values()):
                yield from list(group.schedules.values())
