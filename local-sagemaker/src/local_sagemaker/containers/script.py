"""Runs a Python script as the program of a processing container.

    python -I -u -m local_sagemaker.containers.script SCRIPT ARGUMENT ...

To the script it is `python3 SCRIPT ARGUMENT ...`: it is `__main__`, and its folder comes first on
the path; an archive of Python (.pyz) comes there itself. Python's own variables and the folder that
it is started in count for nothing.
"""

from __future__ import annotations

import runpy
import sys
from collections.abc import Sequence
from pathlib import Path

from local_sagemaker.containers import opt_ml, own_packages
from local_sagemaker.containers.memory import limit_memory
from local_sagemaker.process import lifeline

_NO_SUCH_FILE = 2  # Python's exit code for it


def main(arguments: Sequence[str]) -> int:
    """Run the script; it raises what the script raises, SystemExit with its exit code included."""
    given = opt_ml.settle(arguments)
    own_packages.install_apart()
    lifeline.hold()
    limit_memory()
    script, *_ = given
    if not Path(script).is_file():
        print(f"python3: can't open file '{script}': no such file", file=sys.stderr)
        return _NO_SUCH_FILE
    sys.argv = given
    if Path(script).suffix == ".py":
        sys.path.insert(0, str(Path(script).parent))
    runpy.run_path(script, run_name="__main__")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
