"""A price that the table lacks: PlanTuning asks for it, and all who price later know its answer."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tuning.aws import executions, month_ledger, price_list_api
from tuning.aws.price_list_api import PriceListApi
from tuning.deployed_settings import DeployedSettings
from tuning.errors import InvalidInput
from tuning.handlers.plan_tuning import handler
from tuning.prices.billing import month_cost
from tuning.variables.month_costs import MonthCosts
from tuning.variables.plan import Plan

from tests.tuning.account import Account
from tests.tuning.handlers.costs import billed, set_jobs, set_prices
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import ENVIRONMENT, EXECUTION
from tests.tuning.price_answers import product

KIND = "ml.m7i.large"
MACHINES = {"ResourceConfig": {"InstanceType": KIND}, "Endpoint": {"InstanceType": KIND}}
MONTH = "endpoints/retune/costs/2026-11.json"
SUNDAY = replace(EXECUTION, id=f"{EXECUTION.id}-before", name="sunday")
RESOURCES = {"InstanceType": KIND, "InstanceCount": 1}
HALF_AN_HOUR = billed(1800, ResourceConfig=RESOURCES)
SOURCE = "eu-central-1 of the Price List API on 20"


@pytest.fixture(autouse=True)
def deployment(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table has ml.m5.large alone; the Price List API has all kinds of prices of KIND."""
    monkeypatch.setenv("TRAINING_ROLE_ARN", ENVIRONMENT.training_role_arn)
    monkeypatch.setenv("ALARM_NAMES", "[]")
    monkeypatch.setenv("PREPARATION_PROGRAM", "s3://data-bucket/prepare.pyz")
    for channel in ("train", "validation"):
        account.put(f"data/{channel}/rows.csv", "1,2\n0,3\n")
    set_prices(monkeypatch)
    set_jobs(monkeypatch, {})
    monkeypatch.setattr(executions, "goes_on", lambda arn: False)
    account.price_list[KIND] = [
        product(f"EUC1-Notebk:{KIND}", "9"),
        product(f"EUC1-Train:{KIND}", "0.2"),
        product(f"EUC1-Host:{KIND}", "0.3"),
    ]


def plan(execution: Any = EXECUTION, **document: Any) -> Plan:
    """The run can train for 20 hours."""
    event = {
        "Input": {**MACHINES, **document},
        "ExecutionId": execution.id,
        "ExecutionName": execution.name,
        "StartTime": execution.start_time,
        "Settings": DeployedSettings().to_text(),
    }
    return Plan.parse(handler(event, CONTEXT))


def deny(monkeypatch: pytest.MonkeyPatch) -> None:
    """From now on the Price List API tells nothing to a function that starts anew."""
    monkeypatch.setattr(price_list_api, "api", PriceListApi(lambda region, kind: []))


def test_bound_and_endpoint_have_the_price_and_say_where_it_is_from() -> None:
    bound = plan().cost_bound
    assert bound.cost.amount == 4.0
    assert f"4.00 EUR by the prices for {SOURCE}" in str(bound.cost)
    assert bound.endpoint_instance_hour is not None
    assert bound.endpoint_instance_hour.amount == 0.3


def test_limit_holds_by_that_price() -> None:
    assert plan(MaxCost=4, MonthlyBudget=4).skipped is None
    with pytest.raises(InvalidInput, match=rf"can cost 4\.00 EUR by the prices for {SOURCE}"):
        plan(MaxCost=3.99)


def test_table_comes_first_and_both_sources_are_said(account: Account) -> None:
    account.price_list["ml.m5.large"] = [product("EUC1-Train:ml.m5.large", "9")]
    retrain = {"Channels": {"train": "s3://data-bucket/data/train/"}, "ResourceConfig": RESOURCES}
    cost = plan(ResourceConfig={"InstanceType": "ml.m5.large"}, Retrain=retrain).cost_bound.cost
    assert cost.amount == 2.2
    assert f"eu-central-1 of 2026-09-28 and {SOURCE}" in str(cost)


def test_without_an_answer_the_price_is_unknown_and_the_run_goes_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    deny(monkeypatch)
    bound = plan().cost_bound
    assert f"unknown: the price table has no Training price of {KIND}" in str(bound.cost)
    assert "no Hosting price" in str(bound.endpoint_instance_hour)
    with pytest.raises(InvalidInput, match=r"MaxCost = 1000\.0: What this run can cost is unknown"):
        plan(MaxCost=1000)


def test_what_a_run_has_cost_is_told_without_asking_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    planned = plan()
    deny(monkeypatch)
    set_jobs(monkeypatch, {EXECUTION.job_name("retune"): [HALF_AN_HOUR]})
    cost = month_ledger.count(EXECUTION.id, planned, []).cost
    assert cost.cost.amount == 0.1
    assert cost.this_month is not None
    assert cost.this_month.amount == 0.1


def test_month_keeps_the_price_for_runs_to_come(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan(SUNDAY)
    set_jobs(monkeypatch, {SUNDAY.job_name("retune"): [HALF_AN_HOUR]})
    deny(monkeypatch)
    plan()  # its own cost is not known, and it settles the other's
    month = MonthCosts.parse(account.read(MONTH))
    (sunday, monday) = month.runs.values()
    assert monday.training_instance_hour is None
    assert month_cost(EXECUTION.region, MonthCosts(runs={"sunday": sunday})).amount == 0.1


def test_earlier_run_that_was_told_nothing_is_priced_by_a_later_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = price_list_api.api
    deny(monkeypatch)
    plan(SUNDAY)
    set_jobs(monkeypatch, {SUNDAY.job_name("retune"): [HALF_AN_HOUR]})
    monkeypatch.setattr(price_list_api, "api", told)
    skipped = plan(MonthlyBudget=4.05).skipped
    assert skipped is not None
    assert "1 so far: 0.10 EUR by the prices for " + SOURCE in skipped.reason
    assert plan(MonthlyBudget=4.1).skipped is None


def test_rollback_is_not_refused_for_a_price_that_is_told() -> None:
    """It trains nothing, but the limits of the model's file are in its input."""
    with pytest.raises(InvalidInput) as refused:
        plan(MaxCost=4, Rollback={"EndpointConfigName": "retune-long-ago"})
    assert {fault.field for fault in refused.value.faults} == {"Rollback.EndpointConfigName"}
