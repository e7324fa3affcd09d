"""A run of these tests that is interrupted leaves no server behind."""

from __future__ import annotations

import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).parents[2]
TEST = "tests/process/test_command.py::test_server_is_started_shown_and_stopped"


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT], ids=lambda end: end.name)
def test_server_that_a_command_has_started_ends_too(tmp_path: Path, end: signal.Signals) -> None:
    """It is detached from the run, as that of a person is, so that only the fixture can stop it."""
    folder = tmp_path / "run"
    command = [sys.executable, "-m", "pytest", "-q", f"--basetemp={folder}", TEST]
    with subprocess.Popen(command, cwd=ROOT) as run:
        while not (servers := _servers(folder)):
            assert run.poll() is None
            time.sleep(0.02)
        run.send_signal(end)
    assert psutil.wait_procs(servers, timeout=60)[1] == []
    assert _servers(folder) == []


def _servers(folder: Path) -> list[psutil.Process]:
    """The servers of local AWS that run in a directory of this folder."""
    return [process for process in psutil.process_iter() if _is_server(process, folder)]


def _is_server(process: psutil.Process, folder: Path) -> bool:
    try:
        arguments = process.cmdline()
        return "local_sagemaker" in arguments and process.cwd().startswith(str(folder))
    except (psutil.NoSuchProcess, psutil.AccessDenied):  # it has ended, or is another user's
        return False
