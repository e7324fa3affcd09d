"""`python -m tests.lesson lesson notebook lesson`: one after the other on one local AWS.

Whatever ran before, each must go through: the lesson prints what it shows, the notebook ends.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from examples.bank_marketing.table import fetch_table
from tests.lesson.blocks import blocks_of
from tests.lesson.notebook import run_notebook
from tests.lesson.test_lesson import assert_as_shown
from tests.lesson.walk import LESSON, student, walk

PORT = int(os.environ.get("RETUNE_PORT", "4567"))


def main(order: list[str]) -> None:
    fetch_table()
    folder = Path(tempfile.mkdtemp(prefix="lesson-"))
    environment = student(folder, PORT)
    try:
        for which in order:
            if which == "lesson":
                for block, code, printed in walk(
                    list(blocks_of(LESSON)), folder, environment, None
                ):
                    assert_as_shown(block, code, printed)
            else:
                run_notebook(folder, {"PATH": environment["PATH"], **local_aws(environment)}, None)
            print(f"{which}: as shown", flush=True)
    finally:
        subprocess.run(["retune", "local", "stop"], env=environment, check=False)
        shutil.rmtree(folder)


def local_aws(environment: dict[str, str]) -> dict[str, str]:
    """The variables by which a shell talks to it; it is started unless it runs."""
    script = 'retune local start >&2 && eval "$(retune local env)" && env -0'
    shell = subprocess.run(["bash", "-c", script], env=environment, capture_output=True, check=True)
    named = (line.split("=", 1) for line in shell.stdout.decode().split("\0") if line)
    return {name: value for name, value in named if name.startswith("AWS_")}


if __name__ == "__main__":
    main(sys.argv[1:] or ["notebook", "lesson", "lesson", "notebook", "notebook"])
