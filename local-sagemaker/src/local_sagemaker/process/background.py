"""Starts, finds and stops a local AWS that runs in the background."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from local_sagemaker.process.process_end import end
from local_sagemaker.process.running import (
    Running,
    forget,
    is_there,
    pid_that_answers,
    record,
    recorded,
)

DEFAULT_PORT = 4566
DEFAULT_DIRECTORY = Path(".local-aws")
_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
# A request is a thread, for which glibc would keep a heap of its own, up to eight a processor.
_FEWER_HEAPS = {"MALLOC_ARENA_MAX": "2"}
_children: dict[int, subprocess.Popen[bytes]] = {}


class StartError(Exception):
    """Local AWS could not be started; the text says why and what to do."""


def start(
    port: int = DEFAULT_PORT,
    directory: Path = DEFAULT_DIRECTORY,
    wait_scale: float = 1.0,
    *,
    with_parent: bool = False,
) -> Running:
    """Start local AWS and wait until it answers; one that runs there already is returned.

    Waits of deployments, Wait states and retries, and periods of alarms, are times `wait_scale`.
    A server `with_parent` is a new one, and ends with this process, however that ends. Raises
    StartError when the directory cannot be written, the port is taken or the server ends before
    it answers.
    """
    running = status(directory)
    if running is not None and running.port == port and not with_parent:
        return running
    require_none(directory)
    _require_free(port)
    child = _spawn(port, directory, wait_scale, with_parent)
    _children[child.pid] = child
    starting = Running.of(port, child.pid, directory)
    record(starting)
    return _wait_until_ready(child, starting)


def status(directory: Path = DEFAULT_DIRECTORY) -> Running | None:
    """The server started from this directory, or None when it does not answer."""
    server = recorded(directory)
    if server is None or pid_that_answers(server.port) != server.pid:
        return None
    return server


def stop(directory: Path = DEFAULT_DIRECTORY) -> bool:
    """Stop the server of this directory and all its children; False when there was none.

    One that does not end when it is asked to is killed. Raises StopError when it lives even so.
    """
    server = recorded(directory)
    if server is None or not is_there(server):
        forget(directory)
        return False
    end(server.pid, _STOP_SECONDS)
    child = _children.pop(server.pid, None)
    if child is not None:
        child.wait()
        if child.stdin is not None:
            child.stdin.close()
    forget(directory)
    return True


def require_none(directory: Path) -> None:
    """Raises StartError when another server has this directory."""
    server = recorded(directory)
    if server is None or server.pid == os.getpid() or not is_there(server):
        return
    runs = f"Local AWS of {directory} already runs on port {server.port} (pid {server.pid})"
    if pid_that_answers(server.port) == server.pid:
        raise StartError(f"{runs}. Stop it first, or use another directory.")
    raise StartError(f"{runs} and does not answer. Stop it first.")


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Raises StartError when the block cannot write into the directory."""
    try:
        yield
    except OSError as error:
        raise StartError(
            f"The directory {directory} cannot be written: {error.strerror}. Choose another one."
        ) from error


def _spawn(
    port: int, directory: Path, wait_scale: float, with_parent: bool
) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "local_sagemaker", "run", "--port", str(port)]
    argv += ["--directory", str(directory), "--wait-scale", str(wait_scale)]
    argv += ["--with-parent"] if with_parent else []
    with _open_log(directory) as log:
        return subprocess.Popen(
            argv,
            env=_FEWER_HEAPS | os.environ,
            stdin=subprocess.PIPE if with_parent else subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _open_log(directory: Path) -> BinaryIO:
    with writing(directory):
        directory.mkdir(parents=True, exist_ok=True)
        return (directory / "server.log").open("wb")


def _wait_until_ready(child: subprocess.Popen[bytes], starting: Running) -> Running:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            log = starting.log_file.read_text(errors="replace")[-2000:]
            raise StartError(f"Local AWS ended with status {child.returncode}:\n{log}")
        if pid_that_answers(starting.port) == child.pid:
            return starting
        time.sleep(0.05)
    stop(starting.directory)
    raise StartError(
        f"Local AWS did not answer within {_START_SECONDS:.0f} seconds; see {starting.log_file}."
    )


def _require_free(port: int) -> None:
    other = pid_that_answers(port)
    if other is not None:
        raise StartError(
            f"Port {port} is taken by another local AWS (pid {other}), started from another "
            "directory. Stop that one, or choose another port."
        )
    with socket.socket() as probe:
        if probe.connect_ex(("127.0.0.1", port)) == 0:
            raise StartError(
                f"Port {port} is taken by another program. Stop it, or choose another port."
            )
