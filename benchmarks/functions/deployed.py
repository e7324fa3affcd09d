"""Functions as Lambda has them: code and layers as they are deployed, boto3 of the runtime.

The layers hold wheels for Lambda's platform; here their packages are installed for this machine,
those of the report's in the versions that its Python may have.
"""

from __future__ import annotations

import compileall
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from py_compile import PycInvalidationMode

from uv import find_uv_bin

ROOT = Path(__file__).parent.parent.parent
OF_REPORT = ("markupsafe", "optuna")  # lambda/requirements-report.in
WITH_REPORT_LAYER = ("WeighChampion", "ChooseTrial", "Decide", "WriteReport")  # stacks/functions.py


@dataclass(frozen=True)
class Deployed:
    """Folders as on Lambda's path: /var/task, /opt/python and /var/runtime."""

    code: Path
    core: Path
    report: Path
    runtime: Path

    def compiled(self, folder: Path) -> Deployed:
        """A copy with bytecode, which does not look at the sources' times."""
        copies = {}
        for name in ("code", "core", "report"):
            copies[name] = folder / name
            shutil.copytree(getattr(self, name), copies[name])
            compile_all(copies[name])
        return Deployed(**copies, runtime=self.runtime)

    def environment(self, function: str) -> Mapping[str, str]:
        """Of a fresh interpreter that is to write no bytecode, as Lambda's cannot."""
        layers = [self.core, self.report] if function in WITH_REPORT_LAYER else [self.core]
        path = [self.code, *layers, self.runtime]
        return {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": os.pathsep.join(map(str, path)),
            "PYTHONDONTWRITEBYTECODE": "1",
            "AWS_DEFAULT_REGION": "us-east-1",
            "POWERTOOLS_SERVICE_NAME": "retune",
        }


def deployed(folder: Path) -> Deployed:
    """Synthesize the app for its code, and install what it needs."""
    runtime = install(folder / "runtime", f"boto3=={version('boto3')}")
    compile_all(runtime)
    core = install(folder / "core", "-r", str(ROOT / "lambda/requirements.txt"))
    report = install(folder / "report", *(f"{name}=={version(name)}" for name in OF_REPORT))
    output = folder / "cdk.out"
    environment = {**os.environ, "CDK_OUTDIR": str(output)}
    subprocess.run(
        [sys.executable, "app.py"], cwd=ROOT, env=environment, check=True, stderr=subprocess.DEVNULL
    )
    (code,) = (path.parent for path in output.glob("asset.*/tuning"))
    return Deployed(code, core, report, runtime)


def install(target: Path, *what: str) -> Path:
    command = [find_uv_bin(), "pip", "install", "--quiet", "--no-verify-hashes"]
    command += ["--python", sys.executable, "--target", str(target), *what]
    subprocess.run(command, check=True)
    return target


def compile_all(folder: Path) -> None:
    mode = PycInvalidationMode.UNCHECKED_HASH
    compileall.compile_dir(folder, quiet=2, invalidation_mode=mode)


def critical_functions() -> list[str]:
    """The functions that the workflow calls, in the order of its states."""
    text = (ROOT / "statemachine/retune.asl.json").read_text()
    return list(dict.fromkeys(re.findall(r"\$\{(\w+)FunctionArn\}", text)))


def module_of(function: str) -> str:
    """Of PlanTuning tuning.handlers.plan_tuning."""
    return "tuning.handlers." + re.sub(r"(?<=.)([A-Z])", r"_\1", function).lower()


def megabytes(folder: Path) -> float:
    """Of all files, as Lambda counts them towards its 250 MB."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6
