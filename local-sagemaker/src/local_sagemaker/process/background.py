"""Starts, finds and stops a local AWS that runs in the background."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from local_sagemaker.process import given_quotas, options
from local_sagemaker.process.directory_lock import DirectoryLock, server_of
from local_sagemaker.process.process_end import StopError, end
from local_sagemaker.process.running import LOG, Running, forget, pid_that_answers, recorded

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
    admitted: options.Admitted = options.NOBODY_ELSE,
    quotas: Mapping[str, int] | None = None,
) -> Running:
    """Start local AWS and wait until it answers; one that runs or starts there is returned.

    Waits of deployments, Wait states and retries, and periods of alarms, are times `wait_scale`.
    `admitted` is who is answered besides programs of this machine; `quotas` are SageMaker's, by
    name, that are not to be generous.
    A server `with_parent` is a new one, and ends with this process, however that ends. Raises
    StartError when the directory cannot be written, the port is taken or the server ends before
    it answers, and OptionError for a port or a scale that there is not.
    """
    options.port(port)
    options.wait_scale(wait_scale)
    deadline = time.monotonic() + _START_SECONDS
    while (lock := take(directory)) is None:
        running = status(directory)
        if running is not None and running.port == port and not with_parent:
            return running
        if running or with_parent or not _is_starting(directory) or time.monotonic() > deadline:
            raise already_runs(directory)
        time.sleep(0.05)
    with lock:
        _require_free(port)
        arguments = ["--port", str(port), "--wait-scale", str(wait_scale), *admitted.as_arguments]
        arguments += given_quotas.as_arguments(quotas or {})
        child = _spawn(arguments, directory, with_parent, lock)
    _children[child.pid] = child
    return _wait_until_ready(child, port, directory)


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
    deadline = time.monotonic() + _STOP_SECONDS
    while not _forget_unless_held(directory):
        server = server_of(directory)
        if server is not None:
            _end(server.pid)
            _forget_unless_held(directory)
            return True
        if time.monotonic() > deadline:
            raise StopError(f"{directory / 'server.lock'} is locked by no server of local AWS.")
        time.sleep(0.05)  # somebody else starts or stops it
    return False


def take(directory: Path) -> DirectoryLock | None:
    """The lock of the directory, which is made if need be; None when somebody else has it.

    Raises StartError when the directory cannot be written.
    """
    with writing(directory):
        directory.mkdir(mode=0o700, parents=True, exist_ok=True)
        return DirectoryLock.take(directory, create=True)


def already_runs(directory: Path) -> StartError:
    """What to say to somebody who starts a server where there is one."""
    running = status(directory)
    if running is not None:
        return StartError(
            f"Local AWS of {directory} already runs on port {running.port} (pid {running.pid}). "
            "Stop it first, or use another directory."
        )
    server = server_of(directory)
    process = f" (pid {server.pid})" if server else ""
    return StartError(
        f"Local AWS of {directory} already runs{process} and does not answer. Stop it first."
    )


@contextmanager
def writing(directory: Path) -> Iterator[None]:
    """Raises StartError when the block cannot write into the directory."""
    try:
        yield
    except OSError as error:
        raise StartError(
            f"The directory {directory} cannot be written: {error.strerror}. Choose another one."
        ) from error


def _forget_unless_held(directory: Path) -> bool:
    """False when a server has the directory."""
    try:
        lock = DirectoryLock.take(directory)
    except OSError:  # no server was ever started there
        return True
    if lock is None:
        return False
    with lock:
        forget(directory)
    return True


def _is_starting(directory: Path) -> bool:
    """Whether the server of a directory that is held may be one that will answer."""
    server = server_of(directory)
    return server is None or time.time() - server.create_time() < _START_SECONDS


def _end(pid: int) -> None:
    end(pid, _STOP_SECONDS)
    child = _children.pop(pid, None)
    if child is not None:
        child.wait()
        if child.stdin is not None:
            child.stdin.close()


def _spawn(
    arguments: list[str], directory: Path, with_parent: bool, lock: DirectoryLock
) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "local_sagemaker", "run", "--directory", str(directory)]
    argv += [*arguments, "--directory-lock", str(lock.fd)]
    argv += ["--with-parent"] if with_parent else []
    with _open_log(directory) as log:
        return subprocess.Popen(
            argv,
            env=_FEWER_HEAPS | os.environ,
            stdin=subprocess.PIPE if with_parent else subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            pass_fds=[lock.fd],
        )


def _open_log(directory: Path) -> BinaryIO:
    with writing(directory):
        (directory / LOG).unlink(missing_ok=True)
        return open(os.open(directory / LOG, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


def _wait_until_ready(child: subprocess.Popen[bytes], port: int, directory: Path) -> Running:
    log_file = directory / LOG
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            log = log_file.read_text(errors="replace")[-2000:]
            raise StartError(f"Local AWS ended with status {child.returncode}:\n{log}")
        running = recorded(directory) if pid_that_answers(port) == child.pid else None
        if running is not None:
            return running
        time.sleep(0.05)
    stop(directory)
    raise StartError(
        f"Local AWS did not answer within {_START_SECONDS:.0f} seconds; see {log_file}."
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
