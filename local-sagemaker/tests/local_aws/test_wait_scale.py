"""Waits that a server is asked to shorten: Wait states and retries."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.local_aws.machine import finish, jsonata, start


@pytest.fixture(scope="module")
def hasty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalAws]:
    directory = tmp_path_factory.mktemp("hasty")
    running = background.start(free_port(), directory, wait_scale=0.005, with_parent=True)
    yield LocalAws(running)
    background.stop(directory)


def test_wait_states_and_retries_take_a_part_of_their_seconds(hasty: LocalAws) -> None:
    missing = {"EndpointName": "missing"}
    retry = [{"ErrorEquals": ["States.ALL"], "IntervalSeconds": 60, "MaxAttempts": 2}]
    states = {
        "Wait": {"Type": "Wait", "Seconds": 90, "Next": "Find"},
        "Find": {
            "Type": "Task",
            "Resource": "arn:aws:states:::aws-sdk:sagemaker:describeEndpoint",
            "Arguments": missing,
            "Retry": retry,
            "End": True,
        },
    }
    started = time.monotonic()
    execution = start(hasty, jsonata(states))
    assert finish(hasty, execution)["status"] == "FAILED"
    assert 0.45 + 0.3 + 0.6 < time.monotonic() - started < 20
    history = hasty.client("stepfunctions").get_execution_history(executionArn=execution)
    assert [event["type"] for event in history["events"]].count("TaskFailed") == 3


def test_stopping_ends_a_wait(hasty: LocalAws) -> None:
    execution = start(hasty, jsonata({"Wait": {"Type": "Wait", "Seconds": 90000, "End": True}}))
    hasty.client("stepfunctions").stop_execution(executionArn=execution)
    assert finish(hasty, execution, seconds=5)["status"] == "ABORTED"


def test_tasks_call_application_auto_scaling(hasty: LocalAws) -> None:
    """The service that aws-sdk tasks spell otherwise than boto3."""
    target = {"ServiceNamespace": "sagemaker", "ResourceIds": ["endpoint/none/variant/All"]}
    find = {
        "Type": "Task",
        "Resource": "arn:aws:states:::aws-sdk:applicationautoscaling:describeScalableTargets",
        "Arguments": target,
        "End": True,
    }
    described = finish(hasty, start(hasty, jsonata({"Find": find})))
    assert described["status"] == "SUCCEEDED", described
    assert described["output"]["ScalableTargets"] == []
