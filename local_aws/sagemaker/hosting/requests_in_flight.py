"""The requests that a fleet is answering, so that it is not stopped in the middle of one."""

from __future__ import annotations

import threading


class RequestsInFlight:
    """Every method may be called from any thread."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def begin(self) -> None:
        self._add(1)

    def end(self) -> None:
        self._add(-1)

    def wait_until_answered(self, timeout: float) -> None:
        """Return when no request is left, at the latest after `timeout` seconds."""
        with self._changed:
            self._changed.wait_for(lambda: self._count == 0, timeout)

    def _add(self, change: int) -> None:
        with self._changed:
            self._count += change
            self._changed.notify_all()
