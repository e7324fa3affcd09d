"""What a run can cost, before it starts."""

from __future__ import annotations

from typing import Any

import pytest
from tuning.errors import InvalidInput
from tuning.names import Execution
from tuning.prices import price_list
from tuning.variables.cost import Cost, money
from tuning.variables.cost_bound import CostBound

from tests.tuning.plans import EXECUTION, make_plan

VIRGINIA = Execution(
    EXECUTION.id.replace("eu-central-1", "us-east-1"), "monday", "2026-11-24T06:30"
)


@pytest.fixture(autouse=True)
def table(monkeypatch: pytest.MonkeyPatch) -> None:
    """Prices that are easy to multiply; the real ones change."""
    prices = {"ml.m5.large": 0.1, "ml.m5.xlarge": 0.2, "ml.c5.4xlarge": 0.8}
    virginia = {"Currency": "USD", "Published": "2026-09-28", "Training": prices, "Hosting": prices}
    monkeypatch.setattr(price_list, "_table", lambda: {"us-east-1": virginia})


def bound(document: dict[str, Any] | None = None, execution: Execution = VIRGINIA) -> CostBound:
    return make_plan(document, execution=execution).cost_bound


@pytest.mark.parametrize(
    ("document", "amount"),
    [
        ({}, 2.0),  # 20 jobs of an hour
        ({"ResourceConfig": {"InstanceCount": 2}}, 4.0),
        ({"ResourceLimits": {"MaxRuntimeInSeconds": 600}}, 0.05),
        ({"Retrain": {"Channels": {"train": "s3://data-bucket/data/train/"}}}, 2.1),
        (
            {
                "Retrain": {
                    "Channels": {"train": "s3://data-bucket/data/train/"},
                    "ResourceConfig": {"InstanceType": "ml.c5.4xlarge", "InstanceCount": 2},
                    "StoppingCondition": {"MaxRuntimeInSeconds": 1800},
                }
            },
            2.8,
        ),
        (
            {
                "HyperParameterTuningResourceConfig": {
                    "InstanceConfigs": [
                        {"InstanceType": "ml.m5.large", "InstanceCount": 3, "VolumeSizeInGB": 10},
                        {"InstanceType": "ml.m5.xlarge", "InstanceCount": 1, "VolumeSizeInGB": 10},
                    ],
                }
            },
            6.0,  # the dearest of them
        ),
        (
            {
                "EnableManagedSpotTraining": True,
                "CheckpointConfig": {},
                "StoppingCondition": {"MaxWaitTimeInSeconds": 7200},
            },
            2.0,  # spot never costs more than on demand, and waiting costs nothing
        ),
    ],
    ids=[
        "jobs",
        "instances",
        "limit of the whole",
        "retraining",
        "its machines",
        "flexible",
        "spot",
    ],
)
def test_bound_is_in_the_currency_of_the_price_list(
    document: dict[str, Any], amount: float
) -> None:
    cost = bound(document).cost
    assert (cost.amount, cost.currency) == (amount, "USD")
    assert str(cost).endswith("USD by the prices for us-east-1 of 2026-09-28")


def test_endpoint_is_said_apart() -> None:
    hour = bound({"Endpoint": {"InstanceType": "ml.m5.xlarge"}}).endpoint_instance_hour
    assert hour is not None
    assert hour.amount == 0.2
    assert bound({"Endpoint": {"Serverless": {}}}).endpoint_instance_hour is None


def test_machine_without_a_price_is_unknown_and_never_free() -> None:
    cost = bound({"ResourceConfig": {"InstanceType": "ml.m7i.large"}}).cost
    assert cost.amount is None
    assert str(cost).startswith(
        "unknown: the price table has no Training price of ml.m7i.large in us-east-1"
    )


def test_one_unknown_machine_makes_the_whole_unknown() -> None:
    retrain = {
        "Channels": {"train": "s3://data-bucket/data/train/"},
        "ResourceConfig": {"InstanceType": "ml.m7i.large"},
    }
    assert bound({"Retrain": retrain}).cost.amount is None


def test_region_without_prices_says_how_to_get_them() -> None:
    assert "make prices REGIONS=eu-central-1" in str(bound(execution=EXECUTION).cost)


def refusal(document: dict[str, Any], execution: Execution = VIRGINIA) -> str:
    with pytest.raises(InvalidInput) as refused:
        make_plan(document, execution=execution)
    (fault,) = refused.value.faults
    return str(fault)


def test_run_that_can_cost_more_than_allowed_is_refused() -> None:
    said = refusal({"MaxCost": 1.99})
    assert said.startswith("MaxCost = 1.99: This run can cost 2.00 USD by the prices for us-east-1")
    assert "72000 instance-seconds of tuning on ml.m5.large" in said
    assert "Lower ResourceLimits.MaxNumberOfTrainingJobs" in said


def test_run_whose_cost_is_not_known_is_refused_too() -> None:
    said = refusal({"MaxCost": 1000}, EXECUTION)
    assert said.startswith("MaxCost = 1000.0: What this run can cost is unknown: ")
    assert "eu-central-1" in said


def test_run_that_costs_at_most_what_is_allowed_goes_on() -> None:
    assert bound({"MaxCost": 2}).cost.amount == 2


@pytest.mark.parametrize("value", [0, -1, True, "much"])
def test_what_is_no_amount_is_refused(value: Any) -> None:
    assert refusal({"MaxCost": value}).startswith("MaxCost = ")


@pytest.mark.parametrize(
    ("amount", "words"),
    [(0.0, "0.00"), (0.0012, "0.0012"), (0.054, "0.054"), (2.3, "2.30"), (1234.5, "1,234.50")],
)
def test_small_amounts_keep_digits(amount: float, words: str) -> None:
    assert money(amount) == words


def test_unknown_is_no_number_of_a_document() -> None:
    assert Cost(unknown="why").to_document() == {"Unknown": "why"}
