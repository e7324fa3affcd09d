"""Starts the programs of local_sagemaker.containers, which stand for built-in images."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from local_sagemaker.containers.program import COMMANDS
from local_sagemaker.process import forked, lifeline

# One thread a job: parallel jobs share the machine like instances of their own.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
_fork_servers: dict[str, forked.ForkServer] = {}
_one_at_a_time = threading.Lock()


def start_program(
    module: str, command: str, *, ml_root: Path, environment: Mapping[str, str]
) -> lifeline.ChildProcess:
    """Run `python -m module command`, with ML_ROOT standing for /opt/ml.

    Where it can be, as a fork of a process that has imported what the module's commands import.
    """
    given = {**_ENVIRONMENT, **environment, "ML_ROOT": str(ml_root)}
    if forked.AVAILABLE:
        try:
            return _fork_server(module).spawn(module, [command], env=given, cwd=ml_root)
        except forked.ForkServerEnded:
            _fork_servers.pop(module, None)
    return lifeline.spawn(
        [sys.executable, "-m", module, command],
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
