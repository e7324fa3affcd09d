"""Programs that are forks of a process with their libraries."""

from __future__ import annotations

import json
import os
import resource
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest
from local_sagemaker.process import forked, lifeline
from local_sagemaker.process.forked import (
    ForkedProcess,
    ForkFailed,
    ForkServer,
    ForkServerEnded,
    can_fork,
)

pytestmark = pytest.mark.skipif(not can_fork(), reason="no fork without exec here")

PROGRAM = """
import json, os, random, sys, time
numpy = sys.modules["numpy"]  # it was imported before
print(json.dumps({
    "arguments": sys.argv[1:],
    "directory": os.getcwd(),
    "environment": dict(os.environ),
    "leads": os.getpgrp() == os.getpid(),
    "files": len(os.listdir("/proc/self/fd")),
    "random": [random.random(), numpy.random.random()],
}), flush=True)
print("to stderr", file=sys.stderr)
if sys.argv[1] == "wait":
    time.sleep(600)
sys.exit(int(sys.argv[1]))
"""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ForkServer]:
    (tmp_path / "program_of_test.py").write_text(PROGRAM)
    environment = {"PYTHONPATH": str(tmp_path), "OMP_NUM_THREADS": "1", "OF_THE_SERVER": "1"}
    server = ForkServer(["numpy", "no.such.library"], environment)
    yield server
    server.close()


@contextmanager
def running(server: ForkServer, argument: str, directory: Path) -> Iterator[ForkedProcess]:
    env = {"GIVEN": argument}
    process = server.spawn("program_of_test", [argument], env=env, cwd=directory)
    assert process.stdout is not None
    with process.stdout:
        yield process
        lifeline.kill(process)


def said(process: ForkedProcess) -> dict[str, Any]:
    assert process.stdout is not None
    answer: dict[str, Any] = json.loads(process.stdout.readline())
    return answer


def test_fork_is_what_a_new_process_would_be(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "3", tmp_path) as process:
        answer = said(process)
        assert process.wait() == 3
        assert process.stdout is not None
        assert process.stdout.read() == b"to stderr\n"
    assert answer["arguments"] == ["3"]
    assert answer["directory"] == str(tmp_path)
    assert answer["environment"] == {"GIVEN": "3"}
    assert answer["leads"]
    assert answer["files"] == 4  # stdin, stdout, stderr and the directory that it lists


def test_fork_writes_into_a_file_and_has_the_descriptors_that_are_passed_on(
    server: ForkServer, tmp_path: Path
) -> None:
    reading, writing = os.pipe()
    program = tmp_path / "writing_program_of_test.py"
    program.write_text(f"import os; print('said'); os.write({writing}, b'by descriptor')")
    with (tmp_path / "output").open("wb") as output:
        process = server.spawn(
            program.stem, [], env={}, cwd=tmp_path, stdout=output, pass_fds=[writing]
        )
    os.close(writing)
    assert process.wait() == 0
    lifeline.kill(process)
    with os.fdopen(reading, "rb") as received:
        assert received.read() == b"by descriptor"
    assert (tmp_path / "output").read_bytes() == b"said\n"


def test_forks_draw_random_numbers_of_their_own(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "0", tmp_path) as one, running(server, "0", tmp_path) as other:
        for drawn, drawn_too in zip(said(one)["random"], said(other)["random"], strict=True):
            assert drawn != drawn_too


def test_fork_is_stopped_by_a_signal(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "wait", tmp_path) as process:
        said(process)
        assert process.poll() is None
        process.send_signal(signal.SIGTERM)
        assert process.wait() == -signal.SIGTERM
        process.send_signal(signal.SIGTERM)  # there is nobody to get it


def test_fork_is_killed_beside_others_that_go_on(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "wait", tmp_path) as killed, running(server, "wait", tmp_path) as other:
        said(other)
        lifeline.kill(killed)
        assert killed.poll() == -signal.SIGKILL
        assert other.poll() is None


def test_fork_is_killed_as_soon_as_it_is_there(server: ForkServer, tmp_path: Path) -> None:
    for _ in range(20):
        with running(server, "wait", tmp_path) as process:
            lifeline.kill(process)
            assert process.poll() == -signal.SIGKILL


def test_fork_that_cannot_be_made_ends_no_other(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "wait", tmp_path) as process:
        said(process)
        fork_server = psutil.Process(process.pid).ppid()
        before = resource.prlimit(fork_server, resource.RLIMIT_NOFILE)
        resource.prlimit(fork_server, resource.RLIMIT_NOFILE, (6, before[1]))
        with pytest.raises(ForkFailed, match="Too many open files"), running(server, "0", tmp_path):
            pass
        resource.prlimit(fork_server, resource.RLIMIT_NOFILE, before)
        with running(server, "3", tmp_path) as other:
            said(other)
            assert other.wait() == 3
        assert process.poll() is None


def test_fork_server_that_is_stuck_holds_nobody_up(
    server: ForkServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with running(server, "0", tmp_path) as process:
        fork_server = psutil.Process(process.pid).ppid()
        said(process)
    os.kill(fork_server, signal.SIGSTOP)
    monkeypatch.setattr(forked, "_ANSWER_SECONDS", 0.1)
    with pytest.raises(ForkServerEnded), running(server, "0", tmp_path):
        pass


def test_forks_end_with_a_fork_server_that_is_killed(server: ForkServer, tmp_path: Path) -> None:
    with running(server, "wait", tmp_path) as process:
        said(process)
        os.kill(psutil.Process(process.pid).ppid(), signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    with pytest.raises(ForkServerEnded), running(server, "0", tmp_path):
        pass
