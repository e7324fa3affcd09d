"""Training jobs that SageMaker bills, and prices that are easy to multiply."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tuning.aws import tuning_jobs
from tuning.prices import price_list

from tests.tuning.plans import EXECUTION


def set_prices(monkeypatch: pytest.MonkeyPatch) -> None:
    """For the region of the tests' executions: an hour of ml.m5.large is 0.1 EUR."""
    prices = {"ml.m5.large": 0.1}
    listed = {"Currency": "EUR", "Published": "2026-09-28", "Training": prices, "Hosting": prices}
    monkeypatch.setattr(price_list, "_table", lambda: {EXECUTION.region: listed})


def billed(seconds: int | None, **members: Any) -> dict[str, Any]:
    """What DescribeTrainingJob answers of a job that has ended."""
    job = {
        "TrainingJobName": "a-training-job",
        "TrainingJobStatus": "Completed",
        "TrainingStartTime": "2026-11-24",
        "ResourceConfig": {"InstanceType": "ml.m5.large", "InstanceCount": 1},
        **members,
    }
    return job if seconds is None else job | {"BillableTimeInSeconds": seconds}


def set_jobs(monkeypatch: pytest.MonkeyPatch, jobs: dict[str, list[dict[str, Any]]]) -> None:
    """Of each run, by the beginning of their names."""

    def read(name_start: str, told: Any) -> Iterator[dict[str, Any]]:
        yield from jobs.get(name_start, [])

    monkeypatch.setattr(tuning_jobs, "read_training_jobs", read)
