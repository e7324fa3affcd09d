"""A local AWS in the background: what is recorded of it, and whether it is there.

A server is known by `server.json` in its directory, and believed only when the health route on
that port answers with the same pid: a stale file never leads to somebody else's process.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import dataclass
from pathlib import Path

from local_sagemaker.process.process_table import processes


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


def record(server: Running) -> None:
    """From now on it is the server of its directory."""
    state = {"port": server.port, "pid": server.pid}
    _state_file(server.directory).write_text(json.dumps(state))


def recorded(directory: Path) -> Running | None:
    """What was recorded last, whether it runs or not."""
    try:
        state = json.loads(_state_file(directory).read_text())
        return Running(int(state["port"]), int(state["pid"]), directory)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(directory: Path) -> None:
    """No server is known of the directory any more."""
    _state_file(directory).unlink(missing_ok=True)


def is_there(server: Running) -> bool:
    """Whether its process is, and not another one that got the pid of a dead server.

    It may answer nothing.
    """
    return any(
        process.pid == server.pid and f"-m local_sagemaker --port {server.port} " in process.command
        for process in processes()
    )


def pid_that_answers(port: int) -> int | None:
    """The pid of the local AWS on this port; None when none answers there."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_local_aws/health")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as response:
            return int(json.load(response)["pid"])
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _state_file(directory: Path) -> Path:
    return directory / "server.json"
