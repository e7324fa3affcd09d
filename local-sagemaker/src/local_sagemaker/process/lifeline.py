"""Ties child processes to the server, so that none outlives it, not even after kill -9.

The server holds the writing end of a pipe to each child's stdin. However the server ends, the
kernel closes that pipe, and the child sees the end of its input.
"""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import threading
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Protocol


class ChildProcess(Protocol):
    """What a started process is to those who wait for it or end it; subprocess.Popen is one."""

    @property
    def pid(self) -> int: ...
    @property
    def stdin(self) -> IO[bytes] | None: ...
    @property
    def stdout(self) -> IO[bytes] | None: ...
    def poll(self) -> int | None: ...
    def wait(self) -> int: ...
    def send_signal(self, signal_number: int, /) -> None: ...


def spawn(
    argv: Sequence[str],
    *,
    env: Mapping[str, str],
    cwd: Path | str | None = None,
    stdout: int | IO[bytes] = subprocess.DEVNULL,
    pass_fds: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Start a child in its own process group; stderr joins stdout.

    The child lives as long as the returned object holds its stdin open, so keep the object and
    use wait() or poll(); communicate() would close the pipe and end the child.
    """
    return subprocess.Popen(
        list(argv),
        env=dict(env),
        cwd=cwd,
        stdin=subprocess.PIPE,
        stdout=stdout,
        stderr=subprocess.STDOUT,
        start_new_session=True,
        pass_fds=pass_fds,
    )


def hold() -> None:
    """End this process and its group when the parent goes; a child calls this first.

    From then on stdin reads as empty. Without a pipe on stdin (a program started by hand)
    nothing happens.
    """
    if not stat.S_ISFIFO(os.fstat(0).st_mode):
        return
    lifeline = os.dup(0)
    with open(os.devnull, "rb") as nothing:
        os.dup2(nothing.fileno(), 0)
    threading.Thread(target=_wait_for_end, args=(lifeline,), name="lifeline", daemon=True).start()


def _wait_for_end(lifeline: int) -> None:
    while os.read(lifeline, 1):
        pass
    if os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os.kill(os.getpid(), signal.SIGKILL)


def kill(child: ChildProcess) -> None:
    """End a child and whatever it started, at once, and collect it."""
    if child.poll() is None:
        # Also while another thread waits for the child, which may have collected it by now.
        with suppress(ProcessLookupError):
            os.killpg(child.pid, signal.SIGKILL)
    child.wait()
    if child.stdin is not None:
        child.stdin.close()
