"""What the threads of an execution are told: that it is stopped, or that the server goes away."""

from __future__ import annotations

import threading


class Signals:
    def __init__(self) -> None:
        self._stopping = threading.Event()
        self._abandoned = threading.Event()

    @property
    def stopping(self) -> bool:
        return self._stopping.is_set()

    @property
    def abandoned(self) -> bool:
        return self._abandoned.is_set()

    def stop(self) -> None:
        self._stopping.set()

    def abandon(self) -> None:
        self._abandoned.set()
        self._stopping.set()

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until the next signal."""
        (self._abandoned if self.stopping else self._stopping).wait(seconds)
