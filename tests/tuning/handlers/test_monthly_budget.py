"""MonthlyBudget: what an endpoint's runs of a month may cost is never more than that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws import executions, month_ledger, objects, tuning_jobs
from tuning.aws.run_folder import PLAN, RunFolder
from tuning.deployed_settings import DeployedSettings
from tuning.errors import InvalidInput
from tuning.handlers.plan_tuning import handler
from tuning.names import Execution
from tuning.planning.budget import over_budget
from tuning.variables.month_costs import MonthCosts
from tuning.variables.plan import Plan

from tests.tuning.account import Account
from tests.tuning.handlers.costs import billed, set_jobs, set_prices
from tests.tuning.lambda_context import CONTEXT
from tests.tuning.plans import EXECUTION, make_plan

MONTH = "endpoints/retune/costs/2026-11.json"
SUNDAY = replace(EXECUTION, id=f"{EXECUTION.id}-before", name="sunday")
SUNDAYS_JOBS = SUNDAY.job_name("retune")


@pytest.fixture(autouse=True)
def deployment(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    """Data, prices, and no training job anywhere; no execution goes on."""
    monkeypatch.setenv("TRAINING_ROLE_ARN", "arn:aws:iam::123456789012:role/retune-training")
    monkeypatch.setenv("ALARM_NAMES", "[]")
    monkeypatch.setenv("PREPARATION_PROGRAM", "s3://data-bucket/prepare.pyz")
    for channel in ("train", "validation"):
        account.put(f"data/{channel}/rows.csv", "1,2\n0,3\n")
    set_prices(monkeypatch)
    set_jobs(monkeypatch, {})
    monkeypatch.setattr(executions, "goes_on", lambda arn: False)


def plan(execution: Execution = EXECUTION, **document: Any) -> Plan:
    """The run can train for 20 hours, and so cost 2 EUR."""
    event = {
        "Input": document,
        "ExecutionId": execution.id,
        "ExecutionName": execution.name,
        "StartTime": execution.start_time,
        "Settings": DeployedSettings().to_text(),
    }
    return Plan.parse(handler(event, CONTEXT))


def refused(**document: Any) -> str:
    skipped = plan(**document).skipped
    assert skipped is not None
    assert skipped.outcome == "OverBudget"
    return skipped.reason


def test_month_knows_of_a_run_before_it_costs_anything(account: Account) -> None:
    assert plan(MonthlyBudget=2).skipped is None
    (record,) = account.read(MONTH)["Runs"].values()
    assert (record["JobName"], record["Bound"]["Amount"]) == (EXECUTION.job_name("retune"), 2.0)


def test_run_that_could_come_above_the_budget_does_not_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    set_jobs(monkeypatch, {SUNDAYS_JOBS: [billed(5 * 3600)]})
    plan(SUNDAY)
    said = refused(MonthlyBudget=2.49)
    assert said.startswith(
        "The runs for the endpoint retune in 2026-11, 1 so far: 0.50 EUR by the prices for "
        "eu-central-1 of 2026-09-28. This run can cost 2.00 EUR"
    )
    assert "MonthlyBudget = 2.49" in said
    assert "Runs go on in 2026-12." in said


def test_run_that_cannot_come_above_it_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    set_jobs(monkeypatch, {SUNDAYS_JOBS: [billed(5 * 3600)]})
    plan(SUNDAY)
    assert plan(MonthlyBudget=2.5).skipped is None


def test_run_that_nobody_saw_end_counts_with_what_was_billed(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was stopped, or failed, and its jobs had not ended when that was told."""
    plan(SUNDAY)
    set_jobs(monkeypatch, {SUNDAYS_JOBS: [billed(60, TrainingJobStatus="Stopped")]})
    plan()
    assert account.read(MONTH)["Runs"][SUNDAY.id]["BillableSeconds"] == {"ml.m5.large": 60}


def test_run_that_goes_on_counts_with_all_that_it_can_cost(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(executions, "goes_on", {SUNDAY.id: True}.__getitem__)
    plan(SUNDAY, DryRun=True)
    assert "2026-11, 1 so far: 2.00 EUR" in refused(MonthlyBudget=3.99)


def test_run_whose_jobs_cannot_be_read_does_too(monkeypatch: pytest.MonkeyPatch) -> None:
    plan(SUNDAY)

    def deny(name_start: str, told: object) -> None:
        raise ClientError({"Error": {"Code": "AccessDenied", "Message": ""}}, "ListTrainingJobs")

    monkeypatch.setattr(tuning_jobs, "read_training_jobs", deny)
    assert "2026-11, 1 so far: 2.00 EUR" in refused(MonthlyBudget=3.99)


def test_run_with_more_jobs_than_can_be_read_in_time_does_too(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plan(SUNDAY)
    set_jobs(monkeypatch, {SUNDAYS_JOBS: [billed(1)] * 3})
    monkeypatch.setattr(month_ledger, "MOST_JOBS", 2)
    assert "2026-11, 1 so far: 2.00 EUR" in refused(MonthlyBudget=3.99)


def test_another_attempt_of_the_same_run_counts_once() -> None:
    assert [plan(MonthlyBudget=2).skipped for _ in range(2)] == [None, None]


def test_of_two_that_start_at_once_one_sees_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    """The second looks before the first has written; the conditional write tells."""
    plan(SUNDAY, MonthlyBudget=2)
    read, answers = objects.read_with_etag, [None]
    monkeypatch.setattr(executions, "goes_on", lambda arn: True)
    monkeypatch.setattr(
        objects, "read_with_etag", lambda place: answers.pop() if answers else read(place)
    )
    assert "MonthlyBudget = 2.00" in refused(MonthlyBudget=2, DryRun=True)


def test_other_months_and_endpoints_have_budgets_of_their_own() -> None:
    plan(SUNDAY)
    december = replace(EXECUTION, id=f"{EXECUTION.id}-12", start_time="2026-12-01T06:30:00Z")
    assert plan(december, MonthlyBudget=2).skipped is None
    other = {"EndpointName": "retune-other"}
    assert plan(MonthlyBudget=2, Endpoint=other).skipped is None


def test_run_that_does_not_start_leaves_no_plan_and_costs_nothing(
    account: Account, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_jobs(monkeypatch, {SUNDAYS_JOBS: [billed(60)]})
    plan(SUNDAY)
    refused(MonthlyBudget=2)
    assert set(account.read(MONTH)["Runs"]) == {SUNDAY.id}
    assert RunFolder("data-bucket", "runs/monday/").read(PLAN) is None


def test_run_that_costs_more_than_a_whole_month_may_is_refused_at_once() -> None:
    with pytest.raises(InvalidInput, match=r"MonthlyBudget = 1.99: This run can cost 2.00 EUR"):
        plan(MonthlyBudget=1.99)


def test_run_of_unknown_cost_is_refused_where_there_is_a_budget() -> None:
    with pytest.raises(InvalidInput, match=r"MonthlyBudget = 9.0: .* unknown: "):
        plan(MonthlyBudget=9, ResourceConfig={"InstanceType": "ml.x9.large"})


def test_after_december_comes_the_next_year() -> None:
    planned = make_plan({"MonthlyBudget": 2}).model_copy(update={"month": "2026-12"})
    others = MonthCosts().having("sunday", month_ledger._record(planned))
    over = over_budget(planned, EXECUTION.region, others)
    assert over is not None
    assert "Runs go on in 2027-01." in over.reason
