"""How long a task is waited for: until its time is over, or the execution."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from local_sagemaker.stepfunctions.failure import StateFailed
from local_sagemaker.stepfunctions.tasks.task import TaskRequest
from local_sagemaker.stepfunctions.tasks.tokens import Token

# Between two looks at the execution; what is waited for wakes the task at once.
_LOOK_SECONDS = 0.05
T = TypeVar("T")


@dataclass(frozen=True)
class Patience:
    """`event` and its `details` tell of a time-out in the history; `deadline` is monotonic."""

    request: TaskRequest
    event: str
    details: dict[str, Any]
    deadline: float | None

    def wait_for(
        self,
        happened: threading.Event,
        *,
        at_most: float | None = None,
        beats: Token | None = None,
    ) -> bool:
        """Whether it happened within `at_most` seconds, or at all.

        With `beats` it is a token's heartbeats that must not fail to come. Raises States.Timeout,
        and what the engine ends with when the execution ends first.
        """
        last = None if at_most is None else time.monotonic() + at_most
        while not happened.wait(_seconds_until(self.deadline, last)):
            self.request.running.check()
            if self.deadline is not None and time.monotonic() >= self.deadline:
                raise self._failure()
            if beats is not None and self._misses(beats):
                raise self._failure("States.HeartbeatTimeout")
            if last is not None and time.monotonic() >= last:
                return False
        return True

    def call(self, function: Callable[[], T], too_late: Callable[[T], None]) -> T:
        """What the function returns or raises.

        One that takes too long goes on; what it returns then is for `too_late`.
        """
        found: Future[T] = Future()
        over = threading.Event()

        def run() -> None:
            try:
                found.set_result(function())
            except BaseException as error:
                found.set_exception(error)
            over.set()

        threading.Thread(target=run, name="task call", daemon=True).start()
        try:
            self.wait_for(over)
        except Exception:
            found.add_done_callback(lambda late: _hand_over(late, too_late))
            raise
        return found.result()

    def _misses(self, token: Token) -> bool:
        limit = self.request.heartbeat_seconds
        return limit is not None and time.monotonic() >= token.last_heartbeat + limit

    def _failure(self, *also_named: str) -> StateFailed:
        return StateFailed("States.Timeout", None, self.event, self.details, also_named)


def _hand_over(late: Future[T], too_late: Callable[[T], None]) -> None:
    if late.exception() is None:
        too_late(late.result())


def unheeded(_result: object) -> None:
    """For a call whose result nobody misses."""


def patience(request: TaskRequest, event: str, **details: Any) -> Patience:
    """For a task that is scheduled now."""
    limit = request.timeout_seconds
    return Patience(request, event, details, None if limit is None else time.monotonic() + limit)


def _seconds_until(*times: float | None) -> float:
    now = time.monotonic()
    return max(0.0, min([_LOOK_SECONDS, *(each - now for each in times if each is not None)]))
