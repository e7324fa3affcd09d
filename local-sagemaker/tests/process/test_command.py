"""The command `local-sagemaker`, as a person types it."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

PROGRAM = Path(sys.executable).with_name("local-sagemaker")
Command = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def command(tmp_path: Path) -> Iterator[Command]:
    """command("start", "--port", "4566"), in a directory of its own."""

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [PROGRAM, *arguments], cwd=tmp_path, capture_output=True, text=True, check=False
        )

    yield run
    background.stop(tmp_path / background.DEFAULT_DIRECTORY)


def test_server_is_started_shown_and_stopped(command: Command, tmp_path: Path) -> None:
    port = str(free_port())
    started = command("start", "--port", port)
    assert started.returncode == 0, started.stderr
    assert 'eval "$(local-sagemaker env)"' in started.stderr
    assert f"http://localhost:{port}" in command("status").stdout

    record = tmp_path / background.DEFAULT_DIRECTORY / "server.json"
    keys = json.loads(record.read_text())["keys"]
    for path in (record.parent, *record.parent.iterdir()):
        assert path.stat().st_mode & 0o077 == 0  # nobody else reads them
    for process in psutil.process_iter(["cmdline"]):
        assert keys["secret_access_key"] not in " ".join(process.info["cmdline"] or ())
    reach = 'eval "$(local-sagemaker env)" && echo $AWS_ENDPOINT_URL $AWS_SECRET_ACCESS_KEY'
    environment = {"PATH": f"{PROGRAM.parent}:/usr/bin:/bin"}
    shell = ["bash", "-c", f"{reach}; local-sagemaker stop"]
    done = subprocess.run(
        shell, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout == f"http://localhost:{port} {keys['secret_access_key']}\n"
    assert "Local AWS is stopped." in done.stderr
    assert "was not running" in command("stop").stderr


@pytest.mark.parametrize("name", ["status", "env"])
def test_what_needs_a_server_ends_with_3_and_says_how_to_start_one(
    command: Command, name: str
) -> None:
    told = command(name, "--directory", "a b")
    assert (told.returncode, told.stdout) == (3, "")
    assert "local-sagemaker start --directory 'a b'" in told.stderr


def test_server_in_the_foreground_is_found_and_has_its_directory_alone(
    command: Command, tmp_path: Path
) -> None:
    port = str(free_port())
    with subprocess.Popen([PROGRAM, "run", "--port", port], cwd=tmp_path) as foreground:
        while command("status").returncode:
            assert foreground.poll() is None
        second = command("run", "--port", str(free_port()))
        assert second.returncode == 1
        assert f"already runs on port {port} (pid {foreground.pid})" in second.stderr
        foreground.send_signal(signal.SIGINT)
        assert foreground.wait(60) == 0


WRONG = {
    "port": ("--port", "70000", "'70000' is no port: give a whole number from 1 to 65535"),
    "negative port": ("--port", "-5", "'-5' is no port"),
    "any port": ("--port", "0", "'0' is no port"),
    "scale": ("--wait-scale", "-1", "'-1' is no scale of waits: give a number from 0 to 1"),
    "no number": ("--wait-scale", "nan", "'nan' is no scale of waits"),
}


@pytest.mark.parametrize("name", ["start", "run"])
@pytest.mark.parametrize(("option", "value", "words"), WRONG.values(), ids=WRONG)
def test_option_that_cannot_be_meant_is_refused(
    command: Command, name: str, option: str, value: str, words: str
) -> None:
    told = command(name, f"{option}={value}")
    assert told.returncode == 2
    assert f"argument {option}: {words}" in told.stderr


def test_port_that_is_taken_is_named(command: Command, local_aws: LocalAws) -> None:
    port = str(local_aws.server.port)
    for name in ("start", "run"):
        told = command(name, "--port", port)
        assert told.returncode == 1
        assert f"{port}" in told.stderr
        assert "choose another port" in told.stderr
