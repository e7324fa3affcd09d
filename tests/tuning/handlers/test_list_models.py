"""ListModels: what a fleet retunes."""

from __future__ import annotations

import json

import pytest
from tuning.handlers.list_models import handler

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT


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
        Target={"Arn": machine, "RoleArn": ROLE, "Input": json.dumps({})},
    )


def test_models_whose_schedule_is_off_belong_to_the_fleet_and_others_schedules_do_not(
    account: Account, machine: str
) -> None:
    schedule(account, "retune-shop", machine)
    schedule(account, "retune-bank", machine, "DISABLED")
    schedule(account, "retune-x-bank", f"{machine}-x")  # of the prefix retune-x
    schedule(account, "other", machine)
    assert handler({"ExecutionName": "monday"}, CONTEXT) == {
        "Runs": [
            {"ModelName": "bank", "ExecutionName": "monday-bank"},
            {"ModelName": "shop", "ExecutionName": "monday-shop"},
        ],
        "Concurrency": 3,
    }
