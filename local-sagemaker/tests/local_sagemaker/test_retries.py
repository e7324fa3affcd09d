"""Training jobs that fail or are stopped: RetryStrategy, and what the search learns of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from local_sagemaker.sagemaker.jobs import channels, training_run

from tests.local_sagemaker.own_images import calls, own_tuning
from tests.local_sagemaker.random_search import RandomSearch
from tests.local_sagemaker.server import (
    HYPERPARAMETERS,
    LocalSageMaker,
    new_name,
    training_request,
    tuning_request,
)
from tests.local_sagemaker.waiting import wait_for_training, wait_for_tuning, wait_until


@pytest.fixture
def failing_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The disk of the first two hosts is full: a fault of the service, not of the job."""
    _break(monkeypatch, iter([OSError("No space left on device")] * 2))


@pytest.fixture
def failing_always(monkeypatch: pytest.MonkeyPatch) -> None:
    _break(monkeypatch, iter(lambda: OSError("No space left on device"), None))


def _break(monkeypatch: pytest.MonkeyPatch, faults: Iterator[OSError]) -> None:
    download = channels.download

    def faulty_download(*arguments: Any) -> None:
        fault = next(faults, None)
        if fault is not None:
            raise fault
        download(*arguments)

    monkeypatch.setattr(training_run, "download", faulty_download)


def run(local: LocalSageMaker, retries: int) -> dict[str, Any]:
    request = training_request(new_name("retried"))
    request["RetryStrategy"] = {"MaximumRetryAttempts": retries}
    local.sagemaker.create_training_job(**request)
    return wait_for_training(local, request["TrainingJobName"])


@pytest.mark.usefixtures("failing_twice")
def test_training_job_starts_again_after_an_internal_error(local: LocalSageMaker) -> None:
    job = run(local, retries=2)
    assert job["TrainingJobStatus"] == "Completed", job
    phases = [phase["Status"] for phase in job["SecondaryStatusTransitions"]]
    assert phases.count("Starting") == 3
    assert "FailureReason" not in job


@pytest.mark.usefixtures("failing_twice")
def test_training_job_fails_when_its_retries_are_used_up(local: LocalSageMaker) -> None:
    job = run(local, retries=1)
    assert job["TrainingJobStatus"] == "Failed"
    assert job["FailureReason"].startswith("InternalServerError")


@pytest.mark.usefixtures("failing_always")
def test_tuning_job_counts_an_internal_error_as_retryable(local: LocalSageMaker) -> None:
    name = new_name("retryable")
    local.sagemaker.create_hyper_parameter_tuning_job(**tuning_request(name, jobs=1, parallel=1))
    job = wait_for_tuning(local, name)
    assert job["HyperParameterTuningJobStatus"] == "Failed"
    assert job["TrainingJobStatusCounters"]["RetryableError"] == 1
    assert job["TrainingJobStatusCounters"]["NonRetryableError"] == 0


@pytest.mark.usefixtures("failing_always")
def test_an_internal_error_is_not_held_against_the_hyperparameters(local: LocalSageMaker) -> None:
    tune(local, "forgotten")
    assert RandomSearch.latest.forgotten == [1, 2]
    assert RandomSearch.latest.observed == {}


def test_an_error_of_the_algorithm_is_held_against_the_hyperparameters(
    local: LocalSageMaker,
) -> None:
    tune(local, "observed", static=HYPERPARAMETERS | {"booster": "none"})
    assert RandomSearch.latest.forgotten == []
    assert RandomSearch.latest.observed == {1: None, 2: None}


def test_a_stop_by_a_caller_is_not_held_against_the_hyperparameters(
    local: LocalSageMaker, docker: Path
) -> None:
    request = own_tuning(new_name("stopped"))
    limits = request["HyperParameterTuningJobConfig"]["ResourceLimits"]
    limits["MaxNumberOfTrainingJobs"] = 1
    request["TrainingJobDefinition"]["StaticHyperParameters"] = {"wait": "true"}
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    name = request["HyperParameterTuningJobName"]
    wait_until(lambda: {"calls": calls(docker, "run")}, lambda seen: bool(seen["calls"]))
    (trial,) = local.sagemaker.list_training_jobs_for_hyper_parameter_tuning_job(
        HyperParameterTuningJobName=name
    )["TrainingJobSummaries"]
    local.sagemaker.stop_training_job(TrainingJobName=trial["TrainingJobName"])
    wait_for_tuning(local, name)
    assert RandomSearch.latest.forgotten == [1]


def tune(local: LocalSageMaker, prefix: str, **options: Any) -> None:
    name = new_name(prefix)
    request = tuning_request(name, jobs=2, parallel=1, **options)
    local.sagemaker.create_hyper_parameter_tuning_job(**request)
    wait_for_tuning(local, name)
