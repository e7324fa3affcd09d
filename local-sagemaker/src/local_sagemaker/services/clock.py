"""The clock of all that is due by itself: rules of EventBridge and schedules of Scheduler."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from local_sagemaker.services.scheduler.expression import NextTime

TICK = timedelta(seconds=1)  # no expression is due twice in a second
_LOOK_SECONDS = 0.5
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Timed:
    """An enabled rule or schedule.

    `version` differs after each change. `times` is called once for each version, with the moment
    at which the clock first sees it, and returns when it is due and the first due time. `fire` is
    called with a due time; of several that have passed between two looks, with the first alone.
    """

    arn: str
    version: tuple[Any, ...]
    times: Callable[[datetime], tuple[NextTime, datetime | None]]
    fire: Callable[[datetime], None]


@dataclass
class _Watched:
    version: tuple[Any, ...]
    next_time: NextTime
    due: datetime | None


class Clock:
    """A thread that looks twice a second at what there is, and fires what is due."""

    def __init__(self, name: str, list_timed: Callable[[], Iterable[Timed]]) -> None:
        self._list_timed = list_timed
        self._watched: dict[str, _Watched] = {}
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def close(self) -> None:
        self._closed.set()
        self._thread.join()

    def look(self, now: datetime) -> None:
        """Fire what is due at this moment."""
        there = {timed.arn: timed for timed in self._list_timed()}
        self._watched = {arn: self._watched[arn] for arn in self._watched if arn in there}
        for timed in there.values():
            try:
                self._look_at(timed, now)
            except Exception:  # the others are due nevertheless
                _logger.exception("%s cannot fire", timed.arn)

    def _run(self) -> None:
        while not self._closed.wait(_LOOK_SECONDS):
            try:
                self.look(datetime.now(UTC))
            except Exception:
                _logger.exception("Looking for what is due failed")

    def _look_at(self, timed: Timed, now: datetime) -> None:
        watched = self._watched.get(timed.arn)
        if watched is None or watched.version != timed.version:
            watched = _Watched(timed.version, *timed.times(now))
            self._watched[timed.arn] = watched
        due = watched.due
        if due is not None and due <= now:
            watched.due = watched.next_time(max(now, due) + TICK)
            timed.fire(due)
