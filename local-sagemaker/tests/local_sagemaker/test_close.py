"""The end of the server is the end of its containers."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.local_sagemaker.server import ENDLESS, new_name, running, training_request
from tests.local_sagemaker.waiting import wait_until


def children() -> set[str]:
    listed = subprocess.run(
        ["ps", "-o", "pid=,args=", "--ppid", str(os.getpid())], capture_output=True, text=True
    )
    return {line.split()[0] for line in listed.stdout.splitlines() if "xgboost" in line}


def test_close_ends_the_containers(tmp_path: Path) -> None:
    before = children()
    with running(tmp_path) as local:
        name = new_name("closed")
        local.sagemaker.create_training_job(**training_request(name, ENDLESS))
        wait_until(
            lambda: local.sagemaker.describe_training_job(TrainingJobName=name),
            lambda job: job["SecondaryStatus"] == "Training" and bool(children() - before),
        )
    assert not children() - before
