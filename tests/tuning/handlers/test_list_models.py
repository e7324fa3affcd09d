"""ListModels: what a fleet retunes."""

from __future__ import annotations

import json

import pytest
from tuning.deployed_settings import DeployedSettings
from tuning.handlers.list_models import handler

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT

EVENT = {"ExecutionName": "monday", "Settings": DeployedSettings().to_text()}


@pytest.fixture(autouse=True)
def environment(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_MACHINE_ARN", machine)
    monkeypatch.setenv("FLEET_CONCURRENCY", "3")


def schedule(account: Account, name: str, machine: str, state: str = "ENABLED") -> None:
    account.client("scheduler").create_schedule(
        Name=name,
        ScheduleExpression="rate(7 days)",
        State=state,
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={
            "Arn": machine,
            "RoleArn": ROLE,
            "Input": json.dumps({"ModelName": name.removeprefix("retune-")}),
        },
    )


def test_models_whose_schedule_is_off_belong_to_the_fleet_and_others_schedules_do_not(
    account: Account, machine: str
) -> None:
    schedule(account, "retune-shop", machine)
    schedule(account, "retune-bank", machine, "DISABLED")
    schedule(account, "retune-x-bank", f"{machine}-x")  # of the prefix retune-x
    schedule(account, "other", machine)
    assert handler(EVENT, CONTEXT) == {
        "Runs": [
            {"ModelName": "bank", "ExecutionName": "monday-bank"},
            {"ModelName": "shop", "ExecutionName": "monday-shop"},
        ],
        "Concurrency": 3,
        "Note": "",
    }


def test_no_more_runs_at_a_time_than_the_quotas_hold(account: Account, machine: str) -> None:
    for name in ("retune-bank", "retune-churn", "retune-shop"):
        schedule(account, name, machine)
    account.quotas["ml.m5.large for training job usage"] = 7  # three jobs in parallel each
    fleet = handler(EVENT, CONTEXT)
    assert fleet["Concurrency"] == 2
    assert "training job usage' is 7, and 3 runs may need 9" in fleet["Note"]


def test_quotas_that_cannot_be_read_leave_the_setting_and_are_told(
    account: Account, machine: str
) -> None:
    schedule(account, "retune-bank", machine)
    account.refuse("service-quotas", "ListServiceQuotas", "AccessDeniedException", "No.")
    fleet = handler(EVENT, CONTEXT)
    assert fleet["Concurrency"] == 3
    assert "(AccessDeniedException), so whether 3 runs at a time are within" in fleet["Note"]
