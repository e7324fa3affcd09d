"""What was deployed and found in one local AWS goes on in another: `retune local save|load`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from local_sagemaker.local_aws import LocalAws
from local_sagemaker.process import background
from local_sagemaker.process.free_port import free_port

from tests.end_to_end.conftest import (
    Deployment,
    environment_of,
)
from tests.end_to_end.rollout import serving, tiny

ENDPOINT = "retune-saved"
SHOWN: tuple[tuple[str, ...], ...] = (
    ("history", ENDPOINT, "--format", "json"),
    ("results", "--format", "json"),
)


@dataclass(frozen=True)
class Saved:
    """What the commands showed of the first server, and the deployment in the second."""

    before: dict[tuple[str, ...], Any]
    champion: str
    prediction: bytes
    deployment: Deployment


@pytest.fixture(scope="module")
def saved(
    deployment: Deployment, local_aws: LocalAws, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Saved]:
    folder = tmp_path_factory.mktemp("saved")
    file, second = folder / "state.zip", folder / "second"
    ended = deployment.run(tiny(ENDPOINT))
    assert ended["status"] == "SUCCEEDED", ended
    before = {each: json.loads(deployment.retune(*each).stdout) for each in SHOWN}
    prediction = predicted(deployment)
    directory = str(local_aws.directory)
    deployment.retune("local", "save", str(file), "--wait", "--directory", directory)
    try:
        # The first server stays, since other tests have it; the second is another one altogether.
        port = str(free_port())
        start = ("local", "start", "--directory", str(second), "--port", port)
        deployment.retune(*start, "--wait-scale", "0.01", "--load", str(file))
        running = background.status(second)
        assert running is not None
        loaded = LocalAws(running)
        there = Deployment(loaded.client, environment_of(loaded), deployment.outputs, folder)
        yield Saved(before, serving(deployment, ENDPOINT), prediction, there)
    finally:
        background.stop(second)


def predicted(deployment: Deployment) -> bytes:
    answered = deployment.client("sagemaker-runtime").invoke_endpoint(
        EndpointName=ENDPOINT, ContentType="text/csv", Body="0.1,0.2,0.3,0.4"
    )
    answer: bytes = answered["Body"].read()
    return answer


def test_runs_and_their_training_jobs_are_shown_as_before(saved: Saved) -> None:
    for command, shown in saved.before.items():
        assert json.loads(saved.deployment.retune(*command).stdout) == shown


def test_the_endpoint_answers_as_before(saved: Saved) -> None:
    assert predicted(saved.deployment) == saved.prediction


def test_a_further_run_challenges_the_champion(saved: Saved) -> None:
    ended = saved.deployment.run(tiny(ENDPOINT, RandomSeed=4))
    assert ended["status"] == "SUCCEEDED", ended
    assert serving(saved.deployment, ENDPOINT) != saved.champion
    shown = json.loads(saved.deployment.retune(*SHOWN[0]).stdout)
    assert shown[1:] == saved.before[SHOWN[0]]


def test_the_stack_is_updated_by_nothing_and_destroyed(saved: Saved) -> None:
    differences = saved.deployment.cdk("diff", "--fail")
    assert differences.returncode == 0, differences.stdout + differences.stderr
    saved.deployment.retune("destroy", "--delete-endpoints", "--yes")
    pages = saved.deployment.client("lambda").get_paginator("list_functions").paginate()
    names = [each["FunctionName"] for page in pages for each in page["Functions"]]
    assert not [name for name in names if name.startswith("retune-")]
