"""What training jobs have cost, from what SageMaker bills."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.prices.billing import billable_seconds, cost_of, month_cost
from tuning.variables.cost import Cost
from tuning.variables.month_costs import MonthCosts, RunRecord

from tests.tuning.handlers.costs import billed, set_prices
from tests.tuning.plans import EXECUTION

REGION = EXECUTION.region
LARGE = {"InstanceType": "ml.m5.large", "InstanceCount": 1}


@pytest.fixture(autouse=True)
def prices(monkeypatch: pytest.MonkeyPatch) -> None:
    set_prices(monkeypatch)


def test_each_instance_of_a_job_is_billed() -> None:
    jobs = [
        billed(100, ResourceConfig={**LARGE, "InstanceCount": 3}),
        billed(60, ResourceConfig={**LARGE, "InstanceType": "ml.c5.large"}),
        billed(11),
    ]
    assert billable_seconds(jobs) == {"ml.c5.large": 60, "ml.m5.large": 311}


def test_spot_costs_what_is_billed_and_not_what_it_has_taken() -> None:
    assert billable_seconds([billed(30, TrainingTimeInSeconds=100)]) == {"ml.m5.large": 30}


@pytest.mark.parametrize("status", ["Failed", "Stopped"])
def test_job_that_failed_or_was_stopped_costs_too(status: str) -> None:
    assert billable_seconds([billed(30, TrainingJobStatus=status)]) == {"ml.m5.large": 30}


def test_job_that_never_started_costs_nothing() -> None:
    never: dict[str, Any] = billed(None, TrainingJobStatus="Failed")
    del never["TrainingStartTime"]
    assert billable_seconds([never]) == {"ml.m5.large": 0}
    assert cost_of(REGION, {"ml.m5.large": 0}).amount == 0


@pytest.mark.parametrize(
    "job",
    [
        billed(30, TrainingJobStatus="Stopping"),
        billed(30, TrainingJobStatus="InProgress"),
        billed(None),
    ],
    ids=["stopping", "in progress", "not billed yet"],
)
def test_job_that_goes_on_makes_the_whole_unknown(job: dict[str, Any]) -> None:
    assert billable_seconds([billed(30), job]) is None


def test_seconds_of_a_machine_without_a_price_are_not_free() -> None:
    cost = cost_of(REGION, {"ml.m5.large": 3600, "ml.x9.large": 1})
    assert "no Training price of ml.x9.large" in str(cost)


def test_month_counts_a_run_that_is_not_through_with_its_bound() -> None:
    most = Cost(amount=2.0, currency="EUR", prices="x")
    runs = {
        "over": RunRecord(job_name="a", bound=most, billable_seconds={"ml.m5.large": 3600}),
        "goes on": RunRecord(job_name="b", bound=most),
    }
    assert month_cost(REGION, MonthCosts(runs=runs)).amount == 2.1


def test_month_without_runs_has_cost_nothing() -> None:
    assert str(month_cost(REGION, MonthCosts())) == "nothing"
