"""The end of the server is the end of its containers."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
from local_sagemaker.process import fork_server

from tests.local_sagemaker.server import ENDLESS, new_name, running, training_request
from tests.local_sagemaker.waiting import wait_until


def containers() -> set[psutil.Process]:
    """The processes below this one that run XGBoost's container, without the server they fork from.

    A fork has the command line of its server.
    """
    return {each for each in psutil.Process().children(recursive=True) if is_container(each)}


def is_container(process: psutil.Process) -> bool:
    try:
        command, parent = process.cmdline(), process.ppid()
    except psutil.NoSuchProcess:  # it has ended since it was listed
        return False
    forks = fork_server.__name__ in command and parent == os.getpid()
    return "local_sagemaker.containers.xgboost" in " ".join(command) and not forks


def test_close_ends_the_containers(tmp_path: Path) -> None:
    before = containers()
    with running(tmp_path) as local:
        name = new_name("closed")
        local.sagemaker.create_training_job(**training_request(name, ENDLESS))
        wait_until(
            lambda: local.sagemaker.describe_training_job(TrainingJobName=name),
            lambda job: job["SecondaryStatus"] == "Training" and bool(containers() - before),
        )
    assert not containers() - before
