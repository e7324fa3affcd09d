"""Whether a line of states may go on, and pauses that end at once when it may not."""

from __future__ import annotations

import threading
import weakref


class Stopped(Exception):
    """The line is over: its execution was stopped or out of time, or a sibling has failed."""


class Running:
    """What tasks know of their execution. Lines within this one end with it."""

    def __init__(self) -> None:
        self._over = threading.Event()
        self._lock = threading.Lock()
        self._inner: weakref.WeakSet[Running] = weakref.WeakSet()

    @property
    def is_running(self) -> bool:
        """False once it was stopped."""
        return not self._over.is_set()

    def wait(self, seconds: float) -> bool:
        """Pause; True while it still runs."""
        return not self._over.wait(min(seconds, threading.TIMEOUT_MAX))

    def check(self) -> None:
        """Raises Stopped once it was stopped."""
        if self._over.is_set():
            raise Stopped

    def fork(self) -> Running:
        """One that ends when this one does, and can be stopped alone."""
        inner = Running()
        with self._lock:
            self._inner.add(inner)
            if self._over.is_set():
                inner.stop()
        return inner

    def stop(self) -> None:
        """Let it end, and whatever is within it."""
        with self._lock:
            self._over.set()
            inner = list(self._inner)
        for each in inner:
            each.stop()
