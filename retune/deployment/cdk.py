"""Runs the CDK command line that package-lock.json pins."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from retune.aws import is_local
from retune.deployment import kept_assembly
from retune.errors import FailedError, UnavailableError
from retune.output.terminal import write
from retune.project import ROOT

CDK = ROOT / "node_modules" / ".bin" / "cdk"
_STDERR = 2


@contextmanager
def synthesized(context: Mapping[str, str]) -> Iterator[Path]:
    """The cloud assembly of this project's app with these context keys; see `run_cdk`."""
    options = [part for key, value in context.items() for part in ("-c", f"{key}={value}")]
    with tempfile.TemporaryDirectory() as output:
        # A folder of its own, because CDK commands do not share one while they run.
        def synthesize() -> None:
            run_cdk("synth", "--quiet", *options, "--output", output, folder=ROOT)

        if is_local():
            kept_assembly.fill(Path(output), dict(context), synthesize)
        else:
            synthesize()
        yield Path(output)


def run_cdk(*arguments: str, folder: Path) -> None:
    """Runs a CDK command in a folder. Its output is progress, so goes to stderr.

    Local AWS is done in seconds: there the output is shown only when the command fails.

    Raises:
        UnavailableError: the CDK command line is not installed.
        FailedError: it ended with an error, which it has printed itself.
    """
    if not CDK.exists():
        raise UnavailableError(f"The CDK command line is not at {CDK}. Run `make setup`.")
    quiet = is_local()
    command = [str(CDK), *arguments, "--no-notices"]
    write(f"cdk {arguments[0]} ...", err=True)
    run = subprocess.run(
        command,
        cwd=folder,
        env=_environment(),
        stdout=subprocess.PIPE if quiet else _STDERR,
        stderr=subprocess.STDOUT if quiet else None,
        text=True,
        check=False,
    )
    if run.returncode:
        write(run.stdout or "", err=True)
        raise FailedError(f"`cdk {arguments[0]}` ended with code {run.returncode}; see above.")


def _environment() -> dict[str, str]:
    """Node and the Python that runs app.py come from the environment this command runs in.

    The CDK's own check of templates takes longer than all the rest of a synth. Before a deployment
    to AWS it is worth that; local AWS checks what it is given, and answers at once.
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    unchecked = {"CDK_VALIDATION": "false"} if is_local() else {}
    return {**os.environ, "PATH": path, **unchecked}
