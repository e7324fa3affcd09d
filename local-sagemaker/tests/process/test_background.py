"""Servers in the background: started, found, stopped, also when they are stuck."""

from __future__ import annotations

import json
import math
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background, options
from local_sagemaker.process.forked import can_fork
from local_sagemaker.process.free_port import free_port
from local_sagemaker.process.living import living

from tests.local_aws.function_zip import create_function, invoke
from tests.local_sagemaker.roles import make_role
from tests.local_sagemaker.server import ENDLESS, ROLE, new_name, put_data, training_request


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
    state = {"port": running.port, "pid": other.pid}
    (directory / "server.json").write_text(json.dumps(state))
    assert not background.stop(directory)
    assert living(other.pid)
    other.communicate()


DAMAGED = {
    "no JSON": "garbage",
    "nested": "[" * 100_000,
    "pid of nobody": '{"port": 4566, "pid": -3}',
    "endless port": '{"port": 1e400, "pid": 1}',
    "port of nobody": '{"port": 70000, "pid": 1}',
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED)
def test_damaged_record_is_no_server(directory: Path, content: str) -> None:
    directory.mkdir()
    (directory / "server.json").write_text(content)
    assert background.status(directory) is None
    assert not background.stop(directory)


def test_record_that_is_a_directory_is_no_server_and_refused(directory: Path) -> None:
    (directory / "server.json").mkdir(parents=True)
    assert background.status(directory) is None
    assert not background.stop(directory)
    with pytest.raises(background.StartError, match="cannot be written: Is a directory"):
        background.start(free_port(), directory, with_parent=True)


@pytest.mark.parametrize("where", ["file", "file/inside", "nowhere"])
def test_directory_that_is_none_has_no_server(tmp_path: Path, where: str) -> None:
    (tmp_path / "file").write_text("")
    assert not background.stop(tmp_path / where)
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


def test_server_whose_record_was_damaged_is_named_and_can_be_stopped(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = background.start(free_port(), directory, with_parent=True)
    (directory / "server.json").write_text("garbage")
    monkeypatch.setattr(background, "_START_SECONDS", 0.0)  # the server is none that just starts
    with pytest.raises(background.StartError, match=rf"runs \(pid {running.pid}\) .* Stop it"):
        background.start(running.port, directory)
    assert background.stop(directory)
    assert living(running.pid) is None


def test_of_many_starts_at_once_one_has_the_directory_and_all_return_it(directory: Path) -> None:
    program = f"""
from pathlib import Path; from local_sagemaker.process import background, options
print(background.start({free_port()}, Path({str(directory)!r})).pid)
"""
    argv = [sys.executable, "-c", program]
    starts = [subprocess.Popen(argv, stdout=subprocess.PIPE, text=True) for _ in range(5)]
    pids = {start.communicate()[0].strip() for start in starts}
    assert len(pids) == 1
    assert background.stop(directory)
    assert living(int(pids.pop())) is None


def test_second_server_does_not_touch_the_objects_of_the_first(directory: Path) -> None:
    local = LocalAws(background.start(free_port(), directory, with_parent=True))
    local.client("s3").create_bucket(Bucket="models")
    local.client("s3").put_object(Bucket="models", Key="model", Body=b"x" * 20_000_000)
    second = [sys.executable, "-m", "local_sagemaker", "run", "--directory", str(directory)]
    ended = subprocess.run(
        [*second, "--port", str(free_port())], capture_output=True, text=True, check=False
    )
    assert ended.returncode == 1
    assert f"already runs on port {local.server.port} (pid {local.server.pid})" in ended.stderr
    model = local.client("s3").get_object(Bucket="models", Key="model")["Body"].read()
    assert len(model) == 20_000_000


@pytest.mark.parametrize(
    ("port", "wait_scale"), [(70_000, 1.0), (-5, 1.0), (0, 1.0), (4566, -1.0), (4566, math.nan)]
)
def test_port_and_scale_that_there_are_not_are_refused(
    directory: Path, port: int, wait_scale: float
) -> None:
    with pytest.raises(options.OptionError, match="give a"):
        background.start(port, directory, wait_scale)
    assert not directory.exists()


def test_server_with_parent_ends_when_that_is_killed(directory: Path) -> None:
    program = f"""
import time; from pathlib import Path; from local_sagemaker.process import background, options
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
    make_role(server.client("iam"), ROLE)
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
