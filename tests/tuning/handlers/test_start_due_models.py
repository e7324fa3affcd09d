"""StartDueModels: one schedule for all models of a large stack."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from botocore.exceptions import ClientError
from tuning.aws.last_look import KEY, read_last_look, write_last_look
from tuning.aws.models import read_model
from tuning.aws.schedules import model_names, shared_schedules
from tuning.handlers.start_due_models import handler

from tests.tuning.account import Account
from tests.tuning.handlers.deployments import ROLE
from tests.tuning.lambda_context import CONTEXT

EACH_MINUTE = "cron(* * * * ? *)"


@pytest.fixture(autouse=True)
def environment(machine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STATE_MACHINE_ARN", machine)


def model(name: str, expression: str = EACH_MINUTE, state: str = "ENABLED") -> dict[str, Any]:
    document = {"ModelName": name, "Endpoint": {"EndpointName": f"retune-{name}"}}
    return {"Document": document, "Expression": expression, "TimeZone": "UTC", "State": state}


def place(account: Account, *models: dict[str, Any]) -> dict[str, str]:
    """The object with these models, under a name of its own as the CDK gives it."""
    content = json.dumps({"Models": models})
    key = f"{abs(hash(content))}.json"
    account.put(key, content)
    return {"Bucket": account.bucket, "Key": key}


def deploy(account: Account, *models: dict[str, Any]) -> dict[str, str]:
    """The same, and the schedule that hands the place of the object to the function."""
    found = place(account, *models)
    account.client("scheduler").create_schedule(
        Name="retune-StartDueModels",
        ScheduleExpression="rate(5 minutes)",
        FlexibleTimeWindow={"Mode": "OFF"},
        Target={"Arn": ROLE, "RoleArn": ROLE, "Input": json.dumps(found)},
    )
    return found


def executions(account: Account, machine: str) -> list[str]:
    listed = account.client("stepfunctions").list_executions(stateMachineArn=machine)
    return sorted(each["name"] for each in listed["executions"])


def looked(account: Account, **ago: float) -> None:
    write_last_look(account.bucket, datetime.now(UTC) - timedelta(**ago))


def test_due_model_is_started_once_however_often_it_was_due(account: Account, machine: str) -> None:
    where = place(account, model("bank"), model("shop", "cron(0 6 1 1 ? 2099)"))
    looked(account, minutes=30)
    assert handler(where, CONTEXT) == {"Started": ["bank"]}
    (name,) = executions(account, machine)
    assert name.startswith("bank-20")
    (started,) = account.client("stepfunctions").list_executions(stateMachineArn=machine)[
        "executions"
    ]
    described = account.client("stepfunctions").describe_execution(
        executionArn=started["executionArn"]
    )
    assert json.loads(described["input"]) == {"ModelName": "bank"}


def test_look_that_is_repeated_starts_nothing_twice(account: Account, machine: str) -> None:
    earlier = datetime.now(UTC) - timedelta(minutes=20)
    once = f"at({earlier:%Y-%m-%dT%H:%M:%S})"
    where = place(account, model("bank", once))
    for _ in range(2):
        looked(account, minutes=40)
        handler(where, CONTEXT)
    assert executions(account, machine) == [f"bank-{earlier:%Y%m%dT%H%MZ}"]
    assert handler(where, CONTEXT) == {"Started": []}  # it has been looked since


def test_what_was_due_more_than_an_hour_ago_is_not_made_good(
    account: Account, machine: str
) -> None:
    due = datetime.now(UTC) - timedelta(minutes=90)
    where = place(account, model("bank", f"at({due:%Y-%m-%dT%H:%M:%S})"))
    looked(account, days=2)
    assert handler(where, CONTEXT) == {"Started": []}


def test_model_that_is_off_is_not_started(account: Account, machine: str) -> None:
    where = place(account, model("bank", state="DISABLED"))
    looked(account, minutes=30)
    assert handler(where, CONTEXT) == {"Started": []}


def test_first_look_starts_nothing_and_is_remembered(account: Account, machine: str) -> None:
    before = datetime.now(UTC)
    assert handler(place(account, model("bank")), CONTEXT) == {"Started": []}
    since = read_last_look(account.bucket)
    assert since is not None
    assert since >= before


def test_look_that_fails_is_made_good_by_the_next_one(account: Account, machine: str) -> None:
    where = place(account, model("bank"))
    looked(account, minutes=30)
    before = read_last_look(account.bucket)
    account.refuse("stepfunctions", "StartExecution", "AccessDeniedException", "No.")
    with pytest.raises(ClientError, match="AccessDenied"):
        handler(where, CONTEXT)
    assert read_last_look(account.bucket) == before
    assert KEY.startswith("endpoints/")


def test_models_are_found_there_as_schedules_are(account: Account, machine: str) -> None:
    deploy(account, model("bank"), model("shop", state="DISABLED"))
    assert read_model("retune", "bank") == model("bank")["Document"]
    assert read_model("retune", "other") is None
    assert model_names(machine, "retune") == ["bank", "shop"]
    (enabled,) = shared_schedules("retune")
    assert (enabled.name, enabled.expression, enabled.is_shared) == (
        "retune-bank",
        EACH_MINUTE,
        True,
    )
