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

from local_sagemaker.containers import script
from local_sagemaker.process import lifeline
from local_sagemaker.process.environment import passed_on
from local_sagemaker.sagemaker.images.container import Container
from local_sagemaker.sagemaker.images.start_program import runs_code

_PYTHON = re.compile(r"(?:/usr/bin/)?python(?:3(?:\.\d+)?)?")
_SCRIPT = re.compile(r"/opt/ml/processing/(?!.*\.\./).+\.pyz?")
# Also within an argument: --input=/opt/ml/processing/input, but not s3://bucket/opt/ml/input.
_ML_ROOT = re.compile(r"(?<![\w./-])/opt/ml(?=/|$)")


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
        """Start it; paths below /opt/ml in arguments and variables are those below `ml_root`."""
        left_out = [name for name in environment if runs_code(name)]
        given = {name: text for name, text in environment.items() if name not in left_out}
        program = lifeline.spawn(
            [sys.executable, "-I", "-u", "-m", script.__name__]
            + [_led_to(ml_root, text) for text in self.command[1:]],
            env={
                **passed_on(),
                **{name: _led_to(ml_root, text) for name, text in given.items()},
                "ML_ROOT": str(ml_root),
            },
            cwd=ml_root,
            stdout=subprocess.PIPE,
        )
        return Container(program, left_out)


def _led_to(ml_root: Path, text: str) -> str:
    return _ML_ROOT.sub(lambda _: str(ml_root), text)
