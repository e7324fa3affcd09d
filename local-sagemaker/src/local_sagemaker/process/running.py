"""A local AWS in the background: what is recorded of it, and whether it answers.

`server.json` in its directory says on which port a server answers, and as which process. A file
that is old or damaged misleads nobody: a server answers if the health route on its port gives the
same pid, and the lock of the directory tells whether there is one (module directory_lock).
"""

from __future__ import annotations

import http.client
import json
import os
import urllib.error
import urllib.request
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from local_sagemaker.process import options
from local_sagemaker.protocol.keys import KeyPair

LOG = "server.log"


@dataclass(frozen=True)
class Running:
    """A local AWS as it is recorded. With the `keys` of its owner, everything can be done there."""

    port: int
    pid: int
    directory: Path
    keys: KeyPair

    @property
    def endpoint_url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def log_file(self) -> Path:
        return self.directory / LOG

    @property
    def variables(self) -> dict[str, str]:
        """What makes AWS clients talk to it, with credentials that are good nowhere else."""
        return {
            "AWS_ENDPOINT_URL": self.endpoint_url,
            "AWS_ACCESS_KEY_ID": self.keys.access_key_id,
            "AWS_SECRET_ACCESS_KEY": self.keys.secret_access_key,
            "AWS_DEFAULT_REGION": "us-east-1",
            # Or boto3 would ask the host `sync-localhost` for StartSyncExecution.
            "AWS_DISABLE_HOST_PREFIX_INJECTION": "true",
        }

    @property
    def shell_exports(self) -> str:
        """The lines with which a shell talks to it, and no more to an account."""
        exports = [f"export {name}={value}" for name, value in self.variables.items()]
        return "\n".join(["unset AWS_PROFILE AWS_SESSION_TOKEN", *exports])


def record(server: Running) -> None:
    """From now on it is the server of its directory; nobody but its owner can read of it."""
    state = {"port": server.port, "pid": server.pid, "keys": asdict(server.keys)}
    new = _state_file(server.directory).with_suffix(".new")
    new.unlink(missing_ok=True)
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=0o600)
    with open(descriptor, "w") as file:
        json.dump(state, file)
    new.replace(_state_file(server.directory))


def recorded(directory: Path) -> Running | None:
    """What was recorded last, whether it runs or not; None when nothing can be read."""
    try:
        state = json.loads(_state_file(directory).read_text())
        port, keys = options.port(state["port"]), KeyPair(**state["keys"])
        return Running(port, int(state["pid"]), directory, keys)
    except (OSError, ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None


def forget(directory: Path) -> None:
    """No server is known of the directory any more."""
    with suppress(OSError):  # there is no such file, or it is no file
        _state_file(directory).unlink()


def pid_that_answers(port: int) -> int | None:
    """The pid of the local AWS on this port; None when none answers there."""
    request = urllib.request.Request(f"http://127.0.0.1:{port}/_local_aws/health")
    direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with direct.open(request, timeout=5) as response:
            return int(json.load(response)["pid"])
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError):
        return None
    except (OverflowError, RecursionError):  # another program that answers in JSON
        return None


def _state_file(directory: Path) -> Path:
    return directory / "server.json"
