"""Starts the programs of local_sagemaker.containers, which stand for built-in images."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from local_sagemaker.containers.program import COMMANDS
from local_sagemaker.process.environment import passed_on
from local_sagemaker.process.launch import Preloaded, launch
from local_sagemaker.process.lifeline import ChildProcess

# One thread a job: parallel jobs share the machine like instances of their own. A fork server that
# had threads could not be forked.
_ENVIRONMENT = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
# Python's, the loaders', and those by which libraries load others.
_RUN_CODE = ("PYTHON", "LD_", "DYLD_", "OPENSSL_", "GCONV_PATH", "OMP_TOOL")
_WHERE_PROGRAMS_ARE = "PATH"  # ctypes alone looks for `gcc` and `ld` there


def runs_code(name: str) -> bool:
    """Whether Python or the system's loader would run somebody's code by this variable."""
    return name.startswith(_RUN_CODE) or name == _WHERE_PROGRAMS_ARE


def start_program(
    module: str, command: str, *, ml_root: Path, environment: Mapping[str, str]
) -> ChildProcess:
    """Run `python -I -m module command`, with ML_ROOT standing for /opt/ml.

    What the module's commands import is imported already, where it can be. Variables that
    `runs_code` tells of are left out.
    """
    loaded_in = {**passed_on(), **_ENVIRONMENT}
    given = {name: v for name, v in environment.items() if not runs_code(name)}
    programs = tuple(f"{module}.{command}" for command in COMMANDS)
    return launch(
        module,
        [command],
        interpreter=("-I", "-u"),
        preloaded=Preloaded(programs, tuple(loaded_in.items())),
        env={**loaded_in, **given, "ML_ROOT": str(ml_root)},
        cwd=ml_root,
    )
