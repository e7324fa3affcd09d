"""Starts, finds and stops a local AWS that runs in the background.

A server is known by `server.json` in its directory, and believed only when the health route on
that port answers with the same pid: a stale file never leads to somebody else's process.
"""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from local_aws.process_end import end
from local_aws.process_table import processes

DEFAULT_PORT = 4566
DEFAULT_DIRECTORY = Path(".local-aws")
_START_SECONDS = 60.0
_STOP_SECONDS = 15.0
# A request is a thread, for which glibc would keep a heap of its own, up to eight a processor.
_FEWER_HEAPS = {"MALLOC_ARENA_MAX": "2"}
_children: dict[int, subprocess.Popen[bytes]] = {}


class StartError(Exception):
    """Local AWS could not be started; the text says why and what to do."""


@dataclass(frozen=True)
class Running:
    """A local AWS that answers."""

    port: int
    pid: int
    directory: Path

    @property
    def endpoint_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.directory / "server.log"


def start(
    port: int = DEFAULT_PORT, directory: Path = DEFAULT_DIRECTORY, wait_scale: float = 1.0
) -> Running:
    """Start local AWS and wait until it answers; one that runs there already is returned.

    Waits of deployments, Wait states and retries, and periods of alarms, are times `wait_scale`.
    Raises StartError when the port is taken or the server ends before it answers.
    """
    running = status(directory)
    if running is not None:
        if running.port == port:
            return running
        raise StartError(
            f"Local AWS of {directory} already runs on port {running.port} (pid {running.pid}). "
            "Stop it first, or use another directory."
        )
    _require_none(directory)
    _require_free(port)
    directory.mkdir(parents=True, exist_ok=True)
    child = _spawn(port, directory, wait_scale)
    _children[child.pid] = child
    _state_file(directory).write_text(json.dumps({"port": port, "pid": child.pid}))
    return _wait_until_ready(child, Running(port, child.pid, directory))


def status(directory: Path = DEFAULT_DIRECTORY) -> Running | None:
    """The server started from this directory, or None when it does not answer."""
    recorded = _recorded(directory)
    if recorded is None or _health_pid(recorded.port) != recorded.pid:
        return None
    return recorded


def stop(directory: Path = DEFAULT_DIRECTORY) -> bool:
    """Stop the server of this directory and all its children; False when there was none.

    One that does not end when it is asked to is killed. Raises StopError when it lives even so.
    """
    recorded = _recorded(directory)
    if recorded is None or not _runs(recorded):
        _state_file(directory).unlink(missing_ok=True)
        return False
    end(recorded.pid, _STOP_SECONDS)
    child = _children.pop(recorded.pid, None)
    if child is not None:
        child.wait()
    _state_file(directory).unlink(missing_ok=True)
    return True


def _spawn(port: int, directory: Path, wait_scale: float) -> subprocess.Popen[bytes]:
    argv = [sys.executable, "-m", "local_aws", "--port", str(port), "--directory", str(directory)]
    argv += ["--wait-scale", str(wait_scale)]
    with (directory / "server.log").open("wb") as log:
        return subprocess.Popen(
            argv,
            env=_FEWER_HEAPS | os.environ,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )


def _wait_until_ready(child: subprocess.Popen[bytes], starting: Running) -> Running:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if child.poll() is not None:
            log = starting.log_file.read_text(errors="replace")[-2000:]
            raise StartError(f"Local AWS ended with status {child.returncode}:\n{log}")
        if _health_pid(starting.port) == child.pid:
            return starting
        time.sleep(0.05)
    stop(starting.directory)
    raise StartError(
        f"Local AWS did not answer within {_START_SECONDS:.0f} seconds; see {starting.log_file}."
    )


def _require_none(directory: Path) -> None:
    recorded = _recorded(directory)
    if recorded is not None and _runs(recorded):
        raise StartError(
            f"Local AWS of {directory} (pid {recorded.pid}) runs and does not answer. "
            "Stop it first."
        )


def _require_free(port: int) -> None:
    other = _health_pid(port)
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


def _health_pid(port: int) -> int | None:
    """The pid of the local AWS on this port; None when none answers there."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_local_aws/health")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as response:
            return int(json.load(response)["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _recorded(directory: Path) -> Running | None:
    try:
        state = json.loads(_state_file(directory).read_text())
        return Running(int(state["port"]), int(state["pid"]), directory)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _runs(server: Running) -> bool:
    """Whether the process is there, and not another one that got the pid of a dead server."""
    return any(
        process.pid == server.pid and f"-m local_aws --port {server.port} " in process.command
        for process in processes()
    )


def _state_file(directory: Path) -> Path:
    return directory / "server.json"
