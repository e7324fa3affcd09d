"""Starts a script of somebody's own in the place of a container's own program.

    python -I -u -m local_sagemaker.containers.script_mode train|serve CODE PROGRAM

CODE is the folder of the code, PROGRAM the script below it. As in the image, the folders of both
come first on the path, and CODE is the folder that a training script runs in.
"""

from __future__ import annotations

import importlib
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from local_sagemaker.containers import opt_ml, own_packages, script_mode
from local_sagemaker.containers.memory import limit_memory
from local_sagemaker.containers.script_mode import image_packages
from local_sagemaker.process import lifeline


def main(arguments: Sequence[str]) -> int:
    command, code, program = opt_ml.settle(arguments)
    own_packages.install_apart()
    lifeline.hold()
    limit_memory()
    image_packages.install(script_mode.is_xgboost())
    script = Path(code, program)
    sys.path[:0] = list(dict.fromkeys([str(script.parent), code]))
    os.chdir(code)
    module = importlib.import_module(f"{script_mode.__name__}.{command}")
    return int(module.main(Path(code), program))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
