"""The end of the server is the end of its containers."""

from __future__ import annotations

from pathlib import Path

import psutil

from tests.local_sagemaker.server import ENDLESS, new_name, running, training_request
from tests.local_sagemaker.waiting import wait_until


def containers() -> set[psutil.Process]:
    """The children of this process that run XGBoost's container."""
    children = psutil.Process().children()
    return {child for child in children if "local_sagemaker.containers.xgboost" in child.cmdline()}


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
