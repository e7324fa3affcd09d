"""Starts Python programs as forks of a process that has imported their libraries already.

To import XGBoost and SciPy takes longer than many a training job of this machine trains, and to
import boto3 longer than most functions run.
"""

from __future__ import annotations

import errno
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
from queue import Empty, SimpleQueue
from typing import IO

from local_sagemaker.process import fork_server

# Importing takes one or two; a fork server that is stuck must not hold up training jobs for ever.
_ANSWER_SECONDS = 60.0


class ForkServerEnded(Exception):
    """There is no fork server any more: somebody has killed it, say, or it was stuck."""


class ForkFailed(Exception):
    """The fork server could not make this one fork; the text says why."""


def can_fork() -> bool:
    """Linux with pidfds: macOS's Accelerate and Objective-C do not survive a fork without exec."""
    if sys.platform != "linux" or not hasattr(os, "pidfd_open"):
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
    except OSError:  # before Linux 5.3, or forbidden
        return False
    return True


@dataclass(frozen=True)
class ForkedProcess:
    """A `lifeline.ChildProcess` that is a grandchild of this process."""

    pid: int
    stdin: IO[bytes]
    stdout: IO[bytes] | None
    exit_code: Future[int]

    def poll(self) -> int | None:
        return self.exit_code.result() if self.exit_code.done() else None

    def wait(self) -> int:
        return self.exit_code.result()

    def send_signal(self, signal_number: int) -> None:
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal_number)


_Answer = tuple[int, Future[int]] | ForkFailed | ForkServerEnded


class ForkServer:
    """A process that has imported `modules` in this environment.

    It ends with close(), which kills its forks, or when this process ends, as forks do that call
    lifeline.hold().
    """

    def __init__(self, modules: Sequence[str], environment: Mapping[str, str]) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        argv = [sys.executable, "-P", "-m", fork_server.__name__, str(theirs.fileno()), *modules]
        with theirs:
            self._process = subprocess.Popen(
                argv,
                env=dict(environment),
                stdin=subprocess.DEVNULL,
                start_new_session=True,
                pass_fds=[theirs.fileno()],
            )
        self._lock = threading.Lock()
        self._answers: SimpleQueue[_Answer] = SimpleQueue()
        self._listening = threading.Thread(target=self._listen, name="fork server", daemon=True)
        self._listening.start()

    def spawn(
        self,
        module: str,
        arguments: Sequence[str],
        *,
        env: Mapping[str, str],
        cwd: Path,
        stdout: IO[bytes] | None = None,
        pass_fds: Sequence[int] = (),
    ) -> ForkedProcess:
        """Run a module as `python -P -m` does, in a process group of its own; stderr joins stdout.

        Without `stdout` it is a pipe. What Python or a library reads as it is loaded (PYTHONPATH,
        OMP_NUM_THREADS) is the fork server's, whatever `env` says. Raises ForkFailed, and
        ForkServerEnded.
        """
        stdin, our_stdin = os.pipe()
        our_stdout, written = (None, stdout.fileno()) if stdout else os.pipe()
        descriptors = {0: stdin, 1: written, **{number: number for number in pass_fds}}
        request = {
            "module": module,
            "arguments": list(arguments),
            "environment": dict(env),
            "directory": str(cwd),
            "descriptors": list(descriptors),
        }
        try:
            pid, exit_code = self._ask(json.dumps(request).encode(), list(descriptors.values()))
        except (ForkFailed, ForkServerEnded):
            _close(our_stdin, our_stdout)
            raise
        finally:
            _close(stdin, None if stdout else written)
        output = None if our_stdout is None else os.fdopen(our_stdout, "rb")
        return ForkedProcess(pid, os.fdopen(our_stdin, "wb"), output, exit_code)

    def close(self) -> None:
        with suppress(OSError):  # it has ended
            self._channel.shutdown(socket.SHUT_RDWR)
        self._listening.join()

    def _ask(self, request: bytes, descriptors: list[int]) -> tuple[int, Future[int]]:
        with self._lock:
            try:
                socket.send_fds(self._channel, [request], descriptors)
                answer = self._answers.get(timeout=_ANSWER_SECONDS)
            except Empty:
                self._process.kill()  # or its answer would be taken for that of the next request
                raise ForkServerEnded from None
            except OSError as fault:
                if fault.errno == errno.EMSGSIZE:
                    raise ForkFailed(str(fault)) from fault
                raise ForkServerEnded from fault
        if isinstance(answer, Exception):
            raise answer
        return answer

    def _listen(self) -> None:
        """Pass on what the fork server says until it has gone, and its forks with it."""
        running: dict[int, Future[int]] = {}
        while message := self._receive():
            if "started" in message:
                pid, exit_code = message["started"], Future[int]()
                running[pid] = exit_code
                self._answers.put((pid, exit_code))
            elif "failed" in message:
                self._answers.put(ForkFailed(os.strerror(message["failed"])))
            else:
                running.pop(message["ended"]).set_result(message["code"])
        self._channel.close()
        self._process.wait()
        for pid, exit_code in running.items():
            with suppress(ProcessLookupError):
                os.killpg(pid, signal.SIGKILL)
            exit_code.set_result(-signal.SIGKILL)
        self._answers.put(ForkServerEnded())

    def _receive(self) -> dict[str, int]:
        """A message of the fork server; empty when there is none to come."""
        try:
            message = self._channel.recv(fork_server.MESSAGE_BYTES)
        except ConnectionResetError:
            return {}
        answer: dict[str, int] = json.loads(message) if message else {}
        return answer


def _close(*descriptors: int | None) -> None:
    for descriptor in descriptors:
        if descriptor is not None:
            os.close(descriptor)
