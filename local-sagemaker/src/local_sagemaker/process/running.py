"""A local AWS in the background: what is recorded of it, and whether it is there.

A server is known by `server.json` in its directory. It answers if the health route on its port
gives the same pid. It is there, stuck perhaps, if a process of that pid began when it did. A stale
file so never leads to somebody else's process.
"""

from __future__ import annotations

import json
import urllib.error
import urllib.request
from dataclasses import asdict, dataclass
from pathlib import Path

from local_sagemaker.process.living import living

# The system tells when a process began by the wall clock, which may have been set meanwhile.
_CLOCK_SECONDS = 5.0


@dataclass(frozen=True)
class Running:
    """A local AWS as it is recorded. `began` is when its process did, in seconds since 1970."""

    port: int
    pid: int
    began: float
    directory: Path

    @classmethod
    def of(cls, port: int, pid: int, directory: Path) -> Running:
        """The server that this process is or becomes."""
        process = living(pid)
        return cls(port, pid, process.create_time() if process else 0.0, directory)

    @property
    def endpoint_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.directory / "server.log"

    @property
    def variables(self) -> dict[str, str]:
        """What makes AWS clients talk to it, with credentials that are good nowhere else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": "us-east-1",
        }

    @property
    def shell_exports(self) -> str:
        """The lines with which a shell talks to it, and no more to an account."""
        exports = [f"export {name}={value}" for name, value in self.variables.items()]
        return "\n".join(["unset AWS_PROFILE AWS_SESSION_TOKEN", *exports])


def record(server: Running) -> None:
    """From now on it is the server of its directory."""
    state = asdict(server)
    del state["directory"]
    _state_file(server.directory).write_text(json.dumps(state))


def recorded(directory: Path) -> Running | None:
    """What was recorded last, whether it runs or not."""
    try:
        state = json.loads(_state_file(directory).read_text())
        return Running(int(state["port"]), int(state["pid"]), float(state["began"]), directory)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def forget(directory: Path) -> None:
    """No server is known of the directory any more."""
    _state_file(directory).unlink(missing_ok=True)


def is_there(server: Running) -> bool:
    """Whether its process is, and not another one that got the pid of a dead server.

    It may answer nothing.
    """
    process = living(server.pid)
    return process is not None and abs(process.create_time() - server.began) < _CLOCK_SECONDS


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
