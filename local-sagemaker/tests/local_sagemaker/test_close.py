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
    return {
        each
        for each in psutil.Process().children(recursive=True)
        if "local_sagemaker.containers.xgboost" in " ".join(each.cmdline())
        and not (fork_server.__name__ in each.cmdline() and each.ppid() == os.getpid())
    }


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
