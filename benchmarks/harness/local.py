"""A local AWS for a benchmark: of its own, in a temporary directory, gone afterwards."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

ROOT = Path(__file__).parents[2]
BIN = ROOT / ".venv" / "bin"


@contextmanager
def local_aws(wait_scale: float = 1.0) -> Iterator[LocalAws]:
    """Its waits take `wait_scale` of their time."""
    with tempfile.TemporaryDirectory() as directory:
        place = Path(directory) / "aws"
        running = background.start(free_port(), place, wait_scale, with_parent=True)
        try:
            yield LocalAws(running)
        finally:
            background.stop(place)


def process_of(server: LocalAws) -> psutil.Process:
    return psutil.Process(server.server.pid)


def environment_of(server: LocalAws) -> dict[str, str]:
    """For programs that talk to the server and to nobody else."""
    return {**server.environment(), "PATH": f"{BIN}{os.pathsep}{os.environ['PATH']}", "CI": "1"}


def deploy(server: LocalAws) -> dict[str, str]:
    """The outputs of Retune's stack, which is deployed by its own command."""
    subprocess.run(
        ["retune", "deploy", "--yes"],
        cwd=ROOT,
        env=environment_of(server),
        check=True,
        capture_output=True,
    )
    described: Any = server.client("cloudformation").describe_stacks(StackName="retune")
    return {each["OutputKey"]: each["OutputValue"] for each in described["Stacks"][0]["Outputs"]}
