"""Every function finds, in its layers, the packages that its handler imports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from stacks.functions import _WITH_REPORT_LAYER

ROOT = Path(__file__).parents[2]
HANDLERS = ROOT / "lambda" / "tuning" / "handlers"


def test_functions_without_the_reports_layer_import_none_of_its_packages() -> None:
    lock = (ROOT / "lambda" / "requirements-report.txt").read_text().splitlines()
    packages = [line.split("==")[0] for line in lock if "==" in line]
    with_layer = {_snake_case(name) for name in _WITH_REPORT_LAYER}
    names = sorted(path.stem for path in HANDLERS.glob("[a-z]*.py"))
    alone = [name for name in names if name not in with_layer]
    code = (
        "import importlib, sys\n"
        f"for name in {packages!r}: sys.modules[name.replace('-', '_')] = None\n"
        "sys.modules.pop('typing_extensions')\n"  # the core layer has it too
        f"for name in {alone!r}: importlib.import_module('tuning.handlers.' + name)\n"
    )
    variables = {"PATH": "", "AWS_DEFAULT_REGION": "eu-west-1", "PYTHONPATH": str(ROOT / "lambda")}
    run = subprocess.run(
        [sys.executable, "-c", code], env=variables, capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr


def _snake_case(name: str) -> str:
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")
