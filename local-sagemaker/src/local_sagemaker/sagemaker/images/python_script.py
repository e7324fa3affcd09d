"""A Python script as the program of an image of SageMaker's own, without that image.

It runs in this server's Python, whose packages stand for those of the image.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from local_sagemaker.containers import script
from local_sagemaker.process import lifeline
from local_sagemaker.process.environment import passed_on
from local_sagemaker.sagemaker.images.container import Container
from local_sagemaker.sagemaker.images.start_program import runs_code

_PYTHON = re.compile(r"(?:/usr/bin/)?python(?:3(?:\.\d+)?)?")
_SCRIPT = re.compile(r"/opt/ml/processing/(?!.*\.\./).+\.pyz?")


def is_python_script(command: Sequence[str]) -> bool:
    """Whether it is Python that is given a script which an input of the job brings."""
    python, script_file = (*command, "", "")[:2]
    return bool(_PYTHON.fullmatch(python) and _SCRIPT.fullmatch(script_file))


@dataclass(frozen=True)
class PythonScript:
    """`command` is Python, a script and its arguments, as in the image."""

    command: Sequence[str]

    def process(
        self, *, ml_root: Path, environment: Mapping[str, str], isolated: bool
    ) -> Container:
        """Start it; isolated or not, it has the network of this machine."""
        return start_python(
            script.__name__, self.command[1:], ml_root=ml_root, environment=environment
        )


def start_python(
    module: str,
    arguments: Sequence[str],
    *,
    ml_root: Path,
    environment: Mapping[str, str],
    headers: Mapping[str, str] = MappingProxyType({}),
) -> Container:
    """Start a program that runs somebody's script, as `python -m module arguments`.

    The program makes /opt/ml lead to `ml_root` (containers/opt_ml.py).
    """
    left_out = [name for name in environment if runs_code(name)]
    given = {name: text for name, text in environment.items() if name not in left_out}
    program = lifeline.spawn(
        [sys.executable, "-I", "-u", "-m", module, *arguments],
        env={
            **passed_on(),
            **given,
            "ML_ROOT": str(ml_root),
        },
        cwd=ml_root,
        stdout=subprocess.PIPE,
    )
    return Container(program, left_out, headers)
