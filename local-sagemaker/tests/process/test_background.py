"""Servers in the background: started, found, stopped, also when they are stuck."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.forked import can_fork
from local_sagemaker.process.free_port import free_port
from local_sagemaker.process.living import living

from tests.local_aws.function_zip import create_function, invoke
from tests.local_sagemaker.server import ENDLESS, new_name, put_data, training_request


@pytest.fixture
def directory(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "local-aws"
    background.stop(tmp_path / "local-aws")


def test_server_that_is_stopped_leaves_no_process(directory: Path) -> None:
    running = background.start(free_port(), directory, with_parent=True)
    assert background.status(directory) == running
    started = _at_work(LocalAws(running))
    assert background.stop(directory)
    assert _left(started) == []
    assert background.status(directory) is None
    assert not background.stop(directory)


def test_stuck_server_and_its_children_are_killed(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stuck = _at_work(LocalAws(background.start(free_port(), directory, with_parent=True)))
    for process in stuck:
        process.send_signal(signal.SIGSTOP)
    monkeypatch.setattr(background, "_STOP_SECONDS", 1.0)
    assert background.stop(directory)
    assert _left(stuck) == []


def test_server_that_does_not_answer_is_not_forgotten(directory: Path) -> None:
    running = background.start(free_port(), directory, with_parent=True)
    server = psutil.Process(running.pid)
    server.suspend()
    with pytest.raises(background.StartError, match=r"pid \d+\) and does not answer. Stop it"):
        background.start(free_port(), directory, with_parent=True)
    server.resume()


def test_process_that_got_the_pid_of_a_dead_server_is_left_alone(directory: Path) -> None:
    running = background.start(free_port(), directory, with_parent=True)
    background.stop(directory)
    other = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE)
    state = {"port": running.port, "pid": other.pid, "began": running.began - 60}
    (directory / "server.json").write_text(json.dumps(state))
    assert not background.stop(directory)
    assert living(other.pid)
    other.communicate()


def test_server_with_parent_ends_when_that_is_killed(directory: Path) -> None:
    program = f"""
import time; from pathlib import Path; from local_sagemaker.process import background
running = background.start({free_port()}, Path({str(directory)!r}), with_parent=True)
print(running.pid, flush=True); time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        server = psutil.Process(int(parent.stdout.readline()))
        parent.kill()
    server.wait(60)


def _at_work(server: LocalAws) -> list[psutil.Process]:
    """Its processes: of a function that waits for its next invocation, and of a training job."""
    invoke(server, create_function(server, "def handler(event, context): pass"))
    put_data(server.client("s3"))
    training = training_request(new_name("endless"), ENDLESS)
    server.client("sagemaker").create_training_job(**training)
    process = psutil.Process(server.server.pid)
    least = 3 if can_fork() else 2  # a fork server has the job's process for its child
    while len(children := process.children(recursive=True)) < least:
        time.sleep(0.1)
    return [process, *children]


def _left(processes: list[psutil.Process]) -> list[psutil.Process]:
    """Those that have not ended a moment later; a fork server ends once the server has gone."""
    _, alive = psutil.wait_procs(processes, timeout=10)
    return [process for process in alive if living(process.pid)]
