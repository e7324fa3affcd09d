"""Runs docs/lesson.ipynb with the SageMaker SDK's own environment against local AWS."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

from tests.lesson.walk import ROOT, desk

NOTEBOOK = ROOT / "docs" / "lesson.ipynb"
PYTHON = ROOT / ".venv-sdk" / "bin" / "python"
PROGRAM = Path(__file__).with_name("run_notebook.py")


def run_notebook(
    folder: Path, environment: dict[str, str], max_jobs: int | None
) -> dict[str, float]:
    """What the notebook found: the shares of buyers among the highest and among all.

    It runs in its own folder, as Jupyter does it.
    """
    place = desk(folder) / NOTEBOOK.parent.name
    place.mkdir(exist_ok=True)
    quiet = {"MPLBACKEND": "Agg", "MLFLOW_DISABLE_TELEMETRY": "true", "HOME": str(folder)}
    ended = subprocess.run(
        [PYTHON, PROGRAM, NOTEBOOK, *([] if max_jobs is None else [str(max_jobs)])],
        cwd=place,
        env=environment | quiet,
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stdout[-2000:] + ended.stderr[-4000:]
    found: dict[str, float] = json.loads(ended.stdout.splitlines()[-1])
    return found
