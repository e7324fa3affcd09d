"""Starts a Python program: as a fork where that is safe, and else as a process of its own."""

from __future__ import annotations

import logging
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from local_sagemaker.process import forked, lifeline

_CAN_FORK = forked.can_fork()
_one_at_a_time = threading.Lock()
_logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preloaded:
    """What programs start with: `modules`, imported in an environment of these variables."""

    modules: tuple[str, ...]
    environment: tuple[tuple[str, str], ...]


_fork_servers: dict[Preloaded, forked.ForkServer] = {}


def launch(
    module: str,
    arguments: Sequence[str],
    *,
    interpreter: Sequence[str] = ("-P",),
    preloaded: Preloaded | None,
    env: Mapping[str, str],
    cwd: Path,
    stdout: IO[bytes] | None = None,
    pass_fds: Sequence[int] = (),
) -> lifeline.ChildProcess:
    """Run `python -m module arguments`, which must call lifeline.hold(); stderr joins stdout.

    Without `stdout` it is a pipe. With `preloaded`, the program is a fork of a process that has
    imported those modules, where it can be; else it is a Python with the options `interpreter`.
    `env` is its whole environment either way.
    """
    if preloaded is not None and _CAN_FORK:
        fork_server = _fork_server(preloaded)
        try:
            return fork_server.spawn(
                module, arguments, env=env, cwd=cwd, stdout=stdout, pass_fds=pass_fds
            )
        except forked.ForkFailed as fault:
            _logger.warning("%s is started without a fork: %s", module, fault)
        except forked.ForkServerEnded:
            _forget(preloaded, fork_server)
    return lifeline.spawn(
        [sys.executable, *interpreter, "-m", module, *arguments],
        env=env,
        cwd=cwd,
        stdout=stdout or subprocess.PIPE,
        pass_fds=pass_fds,
    )


def _fork_server(preloaded: Preloaded) -> forked.ForkServer:
    with _one_at_a_time:
        if preloaded not in _fork_servers:
            environment = dict(preloaded.environment)
            _fork_servers[preloaded] = forked.ForkServer(preloaded.modules, environment)
        return _fork_servers[preloaded]


def _forget(preloaded: Preloaded, ended: forked.ForkServer) -> None:
    """Another thread may have put a new one in its place."""
    with _one_at_a_time:
        if _fork_servers.get(preloaded) is ended:
            del _fork_servers[preloaded]
