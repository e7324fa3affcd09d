"""The warm processes of all functions, and the unpacked code that they run."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from local_sagemaker.faults.rules import Faults
from local_sagemaker.services.functions.code import unpack_code
from local_sagemaker.services.functions.memory import OUT_OF_MEMORY_STATUS
from local_sagemaker.services.functions.settings import FunctionSettings
from local_sagemaker.services.functions.worker import Exited, TimedOut, Worker

# Of all functions: those of a workflow and of what looks after it stay warm, while many stacks do
# not fill the memory. Lambda too gives up an environment that nobody has used for some time.
_MOST_IDLE = 32


class Workers:
    """Lends a process to each invocation and keeps one idle process of the functions used last."""

    def __init__(self, directory: Path, faults: Faults, wait_scale: float) -> None:
        self._directory = directory
        self._faults = faults
        self._wait_scale = wait_scale
        self._lock = threading.Lock()
        self._idle: dict[str, Worker] = {}
        self._busy: set[Worker] = set()
        (directory / "logs").mkdir(parents=True, exist_ok=True)

    def wanted_failure(self, settings: FunctionSettings) -> TimedOut | Exited | None:
        """How this invocation is to end instead of running, when a fault says so."""
        if self._faults.for_work("out-of-memory", [settings.name]):
            return Exited(OUT_OF_MEMORY_STATUS)
        if self._faults.for_work("function-timeout", [settings.name]):
            return TimedOut()
        return None

    @contextmanager
    def lend(self, settings: FunctionSettings, code: bytes) -> Iterator[Worker]:
        """A warm process of this function, or a new one."""
        worker = self._take_idle(settings) or self._start(settings, code)
        with self._lock:
            self._busy.add(worker)
        try:
            yield worker
        finally:
            self._give_back(worker)

    def close(self) -> None:
        with self._lock:
            for worker in [*self._idle.values(), *self._busy]:
                worker.close()
            self._idle.clear()

    def _take_idle(self, settings: FunctionSettings) -> Worker | None:
        with self._lock:
            worker = self._idle.pop(settings.arn, None)
        if worker is None or (worker.settings == settings and worker.can_serve()):
            return worker
        worker.close()
        return None

    def _start(self, settings: FunctionSettings, code: bytes) -> Worker:
        code_root, logs = self._unpacked(settings, code), self._directory / "logs"
        return Worker(settings, code_root, logs, self._wait_scale)

    def _give_back(self, worker: Worker) -> None:
        unused = worker
        with self._lock:
            self._busy.discard(worker)
            if worker.can_serve() and worker.settings.arn not in self._idle:
                self._idle[worker.settings.arn] = worker
                if len(self._idle) <= _MOST_IDLE:
                    return
                unused = self._idle.pop(next(iter(self._idle)))  # the one given back first
        unused.close()

    def _unpacked(self, settings: FunctionSettings, code: bytes) -> Path:
        task_root = self._directory / "code" / settings.code_sha256
        unpack_code(code, task_root)
        return task_root
