"""Waits for jobs and endpoints, and reads their logs."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from tests.local_sagemaker.server import LocalSageMaker

DEADLINE_SECONDS = 60
ENDED = ("Completed", "Failed", "Stopped")


def wait_until(
    look: Callable[[], dict[str, Any]], done: Callable[[dict[str, Any]], bool]
) -> dict[str, Any]:
    """Look until it is done; fails with the last look after a minute."""
    end = time.monotonic() + DEADLINE_SECONDS
    while not done(seen := look()):
        assert time.monotonic() < end, seen
        time.sleep(0.1)
    return seen


def wait_for_training(local: LocalSageMaker, name: str) -> dict[str, Any]:
    return wait_until(
        lambda: local.sagemaker.describe_training_job(TrainingJobName=name),
        lambda job: job["TrainingJobStatus"] in ENDED,
    )


def wait_for_tuning(local: LocalSageMaker, name: str) -> dict[str, Any]:
    return wait_until(
        lambda: local.sagemaker.describe_hyper_parameter_tuning_job(
            HyperParameterTuningJobName=name
        ),
        lambda job: job["HyperParameterTuningJobStatus"] in ENDED,
    )


def wait_for_endpoint(local: LocalSageMaker, name: str) -> dict[str, Any]:
    return wait_until(
        lambda: local.sagemaker.describe_endpoint(EndpointName=name),
        lambda endpoint: endpoint["EndpointStatus"] in ("InService", "Failed"),
    )


def log_lines(local: LocalSageMaker, group: str, prefix: str = "") -> list[str]:
    """The lines of the group's streams whose names begin with the prefix."""
    pages = local.logs.get_paginator("describe_log_streams").paginate(logGroupName=group)
    names = [stream["logStreamName"] for page in pages for stream in page["logStreams"]]
    return [
        event["message"]
        for name in names
        if name.startswith(prefix)
        for event in local.logs.get_log_events(
            logGroupName=group, logStreamName=name, startFromHead=True
        )["events"]
    ]
