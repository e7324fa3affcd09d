"""Branches that run at the same time, a thread each; the first that fails ends the others."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence

from local_sagemaker.stepfunctions.engine.branch import Branch
from local_sagemaker.stepfunctions.engine.running import Running, Stopped
from local_sagemaker.stepfunctions.failure import StateFailed


class SideBySide:
    """The branches of a Parallel state, or the iterations of an inline Map, within `outer`."""

    def __init__(self, outer: Branch) -> None:
        self.running: Running = outer.running.fork()
        self._outer = outer
        self._lock = outer.execution.history.lock
        self._failure: StateFailed | None = None
        self._defect: BaseException | None = None

    def through(self, branch: Branch) -> None:
        """The branch has come to its end: what follows the last of them follows its events."""
        with self._lock:
            self._outer.last = branch.last

    def fail(self, branch: Branch, failure: StateFailed, tell: Callable[[], None]) -> None:
        """The branch has failed: `tell` writes it, then all others end. The first one counts."""
        with self._lock:
            if self.running.is_running:
                self._failure = failure
                self._outer.last = branch.last
                tell()
                self.running.stop()

    def run(self, lines: Sequence[Callable[[], None]]) -> None:
        """Run each in a thread of its own, one alone in this one, and wait for all.

        Raises StateFailed when a branch has failed, Stopped when the state itself was stopped.
        """
        if len(lines) == 1:
            self._guarded(lines[0])
        else:
            threads = [
                threading.Thread(target=self._guarded, args=(line,), daemon=True) for line in lines
            ]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
        self._outer.running.check()
        if self._defect is not None:
            raise self._defect
        if self._failure is not None:
            raise self._failure

    def _guarded(self, line: Callable[[], None]) -> None:
        try:
            line()
        except Stopped:
            return
        except BaseException as defect:
            self._defect = defect
            self.running.stop()
