"""A process that holds one function's handler and stays warm between events."""

from __future__ import annotations

import json
import socket
import time
import uuid
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from local_sagemaker.process import lifeline
from local_sagemaker.process.launch import launch
from local_sagemaker.process.lifeline import ChildProcess
from local_sagemaker.services.functions.settings import FunctionSettings

_INIT_SECONDS = 10.0


class TimedOut(Exception):
    """The function did not answer in time; its process has been ended."""


class Exited(Exception):
    """The function's process ended by itself; `status` is its exit status."""

    def __init__(self, status: int) -> None:
        super().__init__(f"exit status {status}")
        self.status = status


class Worker:
    """The process and the talk with it; used by one invocation at a time."""

    def __init__(
        self,
        settings: FunctionSettings,
        task_root: Path,
        log_directory: Path,
        wait_scale: float,
    ) -> None:
        self.settings = settings
        self.log_stream = f"{datetime.now(UTC):%Y/%m/%d}/[$LATEST]{uuid.uuid4().hex}"
        self._log = (log_directory / f"{uuid.uuid4().hex}.log").open("w+b")
        self._channel, theirs = socket.socketpair()
        with theirs:
            self._process = self._launch(task_root, theirs.fileno(), wait_scale)
        self._started = time.monotonic()
        self._init_ms: float | None = None
        self._is_ready = False

    def ask(self, request: dict[str, Any]) -> dict[str, Any]:
        """Send an event and return the runtime's answer. Raises TimedOut or Exited."""
        if not self._is_ready:
            # AWS gives initialization 10 seconds, and repeats it inside the first invocation.
            answer = self._receive(_INIT_SECONDS + self.settings.timeout_seconds)
            if "error" in answer:
                return answer
            self._is_ready = True
            self._init_ms = (time.monotonic() - self._started) * 1000
        self._send(request)
        return self._receive(self.settings.timeout_seconds)

    def new_log_lines(self) -> list[str]:
        """What the process has printed since the last call."""
        return self._log.read().decode(errors="replace").splitlines()

    def take_init_ms(self) -> float | None:
        """How long the process took to be ready; told once, for the first invocation's REPORT."""
        init_ms, self._init_ms = self._init_ms, None
        return init_ms

    def can_serve(self) -> bool:
        return self._is_ready and self._process.poll() is None

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def close(self) -> None:
        lifeline.kill(self._process)
        self._channel.close()
        self._log.close()
        Path(self._log.name).unlink(missing_ok=True)

    def _launch(self, task_root: Path, channel: int, wait_scale: float) -> ChildProcess:
        with open(self._log.name, "ab") as log:
            return launch(
                "local_sagemaker.services.functions.runtime",
                [str(channel), str(wait_scale)],
                preloaded=self.settings.preloaded(task_root),
                env=self.settings.process_environment(task_root, self.log_stream),
                cwd=task_root,
                stdout=log,
                pass_fds=[channel],
            )

    def _send(self, request: dict[str, Any]) -> None:
        try:
            self._channel.sendall(json.dumps(request).encode() + b"\n")
        except BrokenPipeError as fault:
            raise Exited(self._process.wait()) from fault

    def _receive(self, seconds: float) -> dict[str, Any]:
        received = bytearray()
        deadline = time.monotonic() + seconds
        while not received.endswith(b"\n"):
            part = self._receive_part(deadline)
            if not part:
                raise Exited(self._process.wait())
            received += part
        answer: dict[str, Any] = json.loads(received)
        return answer

    def _receive_part(self, deadline: float) -> bytes:
        self._channel.settimeout(max(deadline - time.monotonic(), 0.001))
        try:
            return self._channel.recv(2**16)
        except TimeoutError as fault:
            lifeline.kill(self._process)
            raise TimedOut from fault
        except ConnectionResetError:
            return b""
