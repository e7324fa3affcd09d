"""Starts Python programs as forks of a process that has imported their libraries already.

To import XGBoost and SciPy takes longer than many a training job of this machine trains.
"""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from queue import SimpleQueue
from typing import IO

from local_sagemaker.process import fork_server

# A fork without exec is safe on Linux only: Accelerate and Objective-C of macOS do not survive it.
AVAILABLE = sys.platform == "linux"


class ForkServerEnded(Exception):
    """Somebody or something, the kernel short of memory say, has ended the fork server."""


@dataclass(frozen=True)
class ForkedProcess:
    """A `lifeline.ChildProcess` that is a grandchild of this process."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes]
    exit_code: Future[int]

    def poll(self) -> int | None:
        return self.exit_code.result() if self.exit_code.done() else None

    def wait(self) -> int:
        return self.exit_code.result()

    def send_signal(self, signal_number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal_number)


class ForkServer:
    """A process that has imported `modules`, with `environment` laid over this process's own.

    It ends with close(), or when this process ends, and so do its forks.
    """

    def __init__(self, modules: Sequence[str], environment: Mapping[str, str]) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [sys.executable, "-P", "-m", fork_server.__name__, str(theirs.fileno()), *modules]
        with theirs:
            self._process = subprocess.Popen(
                argv,
                env={**os.environ, **environment},
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        self._lock = threading.Lock()
        self._started: SimpleQueue[tuple[int, Future[int]] | None] = SimpleQueue()
        self._listening = threading.Thread(target=self._listen, name="fork server", daemon=True)
        self._listening.start()

    def spawn(
        self, module: str, arguments: Sequence[str], *, env: Mapping[str, str], cwd: Path
    ) -> ForkedProcess:
        """Run a module as `python -m` does, in a session of its own; stderr joins stdout.

        `env` is laid over the environment of the fork server. Raises ForkServerEnded.
        """
        request = {
            "module": module,
            "arguments": list(arguments),
            "environment": dict(env),
            "directory": str(cwd),
        }
        stdin, our_stdin = os.pipe()
        our_stdout, stdout = os.pipe()
        try:
            pid, exit_code = self._ask(json.dumps(request).encode(), [stdin, stdout])
        except ForkServerEnded:
            os.close(our_stdin)
            os.close(our_stdout)
            raise
        finally:
            os.close(stdin)
            os.close(stdout)
        return ForkedProcess(pid, open(our_stdin, "wb"), open(our_stdout, "rb"), exit_code)

    def close(self) -> None:
        with suppress(OSError):  # it has ended
            self._channel.shutdown(socket.SHUT_RDWR)
        self._listening.join()

    def _ask(self, request: bytes, descriptors: list[int]) -> tuple[int, Future[int]]:
        with self._lock, suppress(OSError):
            socket.send_fds(self._channel, [request], descriptors)
            started = self._started.get()
            if started is not None:
                return started
        raise ForkServerEnded

    def _listen(self) -> None:
        """Pass on what the fork server says until it has gone, and its forks with it."""
        running: dict[int, Future[int]] = {}
        while message := self._receive():
            if "started" in message:
                pid, exit_code = message["started"], Future[int]()
                running[pid] = exit_code
                self._started.put((pid, exit_code))
            else:
                running.pop(message["ended"]).set_result(message["code"])
        self._channel.close()
        self._process.wait()
        for pid, exit_code in running.items():
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            exit_code.set_result(-signal.SIGKILL)
        self._started.put(None)

    def _receive(self) -> dict[str, int]:
        """A message of the fork server; empty when there is none to come."""
        try:
            message = self._channel.recv(fork_server.MESSAGE_BYTES)
        except ConnectionResetError:
            return {}
        answer: dict[str, int] = json.loads(message) if message else {}
        return answer
