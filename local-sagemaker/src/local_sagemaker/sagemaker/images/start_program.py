"""Starts the programs of local_sagemaker.containers, which stand for built-in images."""

from __future__ import annotations

import logging
import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from local_sagemaker.containers.program import COMMANDS
from local_sagemaker.process import forked, lifeline

# One thread a job: parallel jobs share the machine like instances of their own. A fork server that
# had threads could not be forked.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
_CAN_FORK = forked.can_fork()
_fork_servers: dict[str, forked.ForkServer] = {}
_one_at_a_time = threading.Lock()
_logger = logging.getLogger(__name__)


def start_program(
    module: str, command: str, *, ml_root: Path, environment: Mapping[str, str]
) -> lifeline.ChildProcess:
    """Run `python -P -m module command`, with ML_ROOT standing for /opt/ml.

    Where it can be, as a fork of a process that has imported what the module's commands import.
    """
    given = {**_ENVIRONMENT, **environment, "ML_ROOT": str(ml_root)}
    if _CAN_FORK:
        fork_server = _fork_server(module)
        try:
            return fork_server.spawn(module, [command], env=given, cwd=ml_root)
        except forked.ForkFailed as fault:
            _logger.warning("%s is started without a fork: %s", module, fault)
        except forked.ForkServerEnded:
            _forget(module, fork_server)
    return lifeline.spawn(
        [sys.executable, "-P", "-m", module, command],
        env={**os.environ, **given},
        cwd=ml_root,
        stdout=subprocess.PIPE,
    )


def _fork_server(module: str) -> forked.ForkServer:
    with _one_at_a_time:
        if module not in _fork_servers:
            programs = [f"{module}.{command}" for command in COMMANDS]
            _fork_servers[module] = forked.ForkServer(programs, _ENVIRONMENT)
        return _fork_servers[module]


def _forget(module: str, ended: forked.ForkServer) -> None:
    """Another thread may have put a new one in its place."""
    with _one_at_a_time:
        if _fork_servers.get(module) is ended:
            del _fork_servers[module]
